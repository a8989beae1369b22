import { CalendarOutlined } from "@ant-design/icons";
import { Button, Empty } from "antd";
import { useMemo } from "react";
import type { Duty } from "../api/client";
import { usePage } from "../shell/page";
import { titled } from "../shell/source";
import { ValidityTag } from "../shell/ValidityTag";
import { ClauseLink } from "./ClauseLink";
import { saveCalendar } from "./exports";
import { tasksOf } from "./tasks";
import type { Task } from "./tasks";

/** The deadlines still to come by month, those without a date, and those that have passed; to take along. */
export function Deadlines({ rows, name }: { rows: readonly Duty[]; name: string }) {
  const { say } = usePage();
  const tasks = useMemo(() => tasksOf(rows), [rows]);
  if (!tasks.length) return <Empty description={say("noDeadlines")} />;
  const today = new Date().toLocaleDateString("sv");
  const dated = tasks.filter(({ day }) => day).sort((one, other) => one.day.localeCompare(other.day));
  const passed = dated.filter(({ day }) => day < today).reverse();
  const sections: [string, readonly Task[]][] = [
    ...byMonth(dated.filter(({ day }) => day >= today)),
    [say("withoutDate"), tasks.filter(({ day }) => !day)],
    [say("passed"), passed],
  ];
  return (
    <div className="agenda">
      <Button
        icon={<CalendarOutlined aria-hidden />}
        disabled={!dated.length}
        onClick={() => saveCalendar(dated, name, say)}
      >
        {say("exportCalendar")}
      </Button>
      {sections
        .filter(([, found]) => found.length > 0)
        .map(([title, found]) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <DeadlineList tasks={found} />
          </section>
        ))}
    </div>
  );
}

function DeadlineList({ tasks }: { tasks: readonly Task[] }) {
  return (
    <ul>
      {tasks.map(({ row, units }) => (
        <li key={row.fact_id}>
          <strong className="day">{row.deadline}</strong>
          <span className="what">
            <strong>{row.task}</strong>
            <span className="locator">{units.join("、")}</span>
          </span>
          <span className="where">
            <span className="locator">{titled(row.policy_title, row.document_number)}</span>{" "}
            <ClauseLink row={row} /> <ValidityTag validity={row.validity} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function byMonth(tasks: readonly Task[]): Map<string, Task[]> {
  const months = new Map<string, Task[]>();
  for (const task of tasks) {
    const month = task.day.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), task]);
  }
  return months;
}
