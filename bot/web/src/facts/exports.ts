// Rows as files that other programs read.

import type { Say } from "../messages";
import { save } from "../shell/save";
import { sourceOf } from "../shell/source";
import { calendarOf } from "./calendar";
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

/** The deadlines with a date as whole days, each with its clause. */
export function saveCalendar(tasks: readonly Task[], name: string, say: Say): void {
  const entries = tasks.map(({ row, units, day }) => ({
    // The number of a clause or a fact within its document shifts if another is added before it.
    identity: [row.policy_id, row.locator, row.task],
    day,
    title: `${row.task}：${units.join("、")}`,
    description: `${say("deadline")}：${row.deadline ?? ""}\n${row.quote}\n——${sourceOf(row)}\n${warningOf(row, say)}`.trimEnd(),
  }));
  const calendar = calendarOf(entries, name, new Date());
  save(new Blob([calendar], { type: "text/calendar;charset=utf-8" }), `${name}.ics`);
}
