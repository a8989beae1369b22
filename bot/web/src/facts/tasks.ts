import type { Duty } from "../api/client";

/** A task with a deadline and the units that have it, so that it is told once and not once a unit. */
export interface Task {
  row: Duty;
  /** 区工信局（牵头） */
  units: string[];
  /** The day of the deadline; empty where it has none. */
  day: string;
}

/** The tasks of the duties that have a deadline, in their order. */
export function tasksOf(rows: readonly Duty[]): Task[] {
  const tasks = new Map<string, Task>();
  for (const row of rows) {
    if (!row.deadline) continue;
    const key = JSON.stringify([row.clause_id, row.task, row.deadline]);
    const task = tasks.get(key) ?? { row, units: [], day: row.deadline_date ?? "" };
    task.units.push(`${row.unit}（${row.role}）`);
    tasks.set(key, task);
  }
  return [...tasks.values()];
}
