import { CalendarOutlined } from "@ant-design/icons";
import { Button, Empty, Tag } from "antd";
import { useMemo } from "react";
import type { Duty } from "../api/client";
import { usePage } from "../shell/page";
import { titled } from "../shell/source";
import { ValidityTag } from "../shell/ValidityTag";
import { ClauseLink } from "./ClauseLink";
import { saveCalendar } from "./exports";

/** The deadlines by month, then those without a date; a calendar to take along. */
export function Deadlines({ rows, name }: { rows: readonly Duty[]; name: string }) {
  const { say } = usePage();
  const dated = useMemo(
    () =>
      rows.filter((row) => row.deadline_date).sort((one, other) => dayOf(one).localeCompare(dayOf(other))),
    [rows],
  );
  const undated = rows.filter((row) => row.deadline && !row.deadline_date);
  if (!dated.length && !undated.length) return <Empty description={say("noDeadlines")} />;
  return (
    <div className="agenda">
      <Button
        icon={<CalendarOutlined aria-hidden />}
        disabled={!dated.length}
        onClick={() => void saveCalendar(dated, name, say)}
      >
        {say("exportCalendar")}
      </Button>
      {[...byMonth(dated)].map(([month, found]) => (
        <section key={month} aria-label={month}>
          <h3>{month}</h3>
          <DeadlineList rows={found} />
        </section>
      ))}
      {undated.length > 0 && (
        <section aria-label={say("withoutDate")}>
          <h3>{say("withoutDate")}</h3>
          <DeadlineList rows={undated} />
        </section>
      )}
    </div>
  );
}

function DeadlineList({ rows }: { rows: readonly Duty[] }) {
  const { say } = usePage();
  const today = new Date().toISOString().slice(0, 10);
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.fact_id}>
          <strong className="day">{row.deadline}</strong>
          {row.deadline_date && row.deadline_date < today && <Tag>{say("past")}</Tag>}
          <span>
            {row.unit}（{row.role}）：{row.task}
          </span>
          <span className="locator">{titled(row.policy_title, row.document_number)}</span>
          <ClauseLink row={row} />
          <ValidityTag validity={row.validity} />
        </li>
      ))}
    </ul>
  );
}

function dayOf(row: Duty): string {
  return row.deadline_date ?? "";
}

function byMonth(rows: readonly Duty[]): Map<string, Duty[]> {
  const months = new Map<string, Duty[]>();
  for (const row of rows) {
    const month = dayOf(row).slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), row]);
  }
  return months;
}
