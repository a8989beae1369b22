// Rows as files that other programs read.

import type { Say } from "../messages";
import { save } from "../shell/save";
import { sourceOf } from "../shell/source";
import type { Task } from "./tasks";

/** What has to be checked before the row is relied on: an event that ends its document. */
export function warningOf(row: { expires_with?: string | null }, say: Say): string {
  return row.expires_with ? say("expiresWith", { printed: row.expires_with }) : "";
}

export interface Column<Row> {
  title: string;
  value: (row: Row) => string | number | null | undefined;
  width?: number;
}

export async function saveTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  name: string,
): Promise<void> {
  const { default: writeTable } = await import("write-excel-file/universal");
  const header = columns.map(({ title }) => ({ value: title, fontWeight: "bold" as const }));
  const body = rows.map((row) =>
    columns.map(({ value }) => ({ value: value(row) ?? undefined, wrap: true })),
  );
  const table = writeTable([header, ...body], {
    sheet: name.slice(0, 31),
    columns: columns.map(({ width }) => ({ width: width ?? 18 })),
    stickyRowsCount: 1,
  });
  save(await table.toBlob(), `${name}.xlsx`);
}

/** The deadlines with a date as whole days, each with its clause, for Outlook, a phone and others. */
export async function saveCalendar(tasks: readonly Task[], name: string, say: Say): Promise<void> {
  const { createEvents } = await import("ics");
  const events = tasks.map(({ row, units, day: printed }) => {
    const [year = 0, month = 1, day = 1] = printed.split("-").map(Number);
    const who = units.join("、");
    return {
      uid: `${row.fact_id}@clausewise`,
      title: `${row.task}：${who}`,
      description: `${say("deadline")}：${row.deadline ?? ""}\n${row.quote}\n——${sourceOf(row)}\n${warningOf(row, say)}`.trimEnd(),
      start: [year, month, day] as [number, number, number],
      duration: { days: 1 },
    };
  });
  const { value, error } = createEvents(events, { productId: "clausewise", calName: name });
  if (error) throw error;
  save(new Blob([value ?? ""], { type: "text/calendar" }), `${name}.ics`);
}
