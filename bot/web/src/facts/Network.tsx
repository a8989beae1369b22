import { Button, Empty, Spin } from "antd";
import { lazy, Suspense, useMemo } from "react";
import type { Duty } from "../api/client";
import { NARROW } from "../shell/narrow";
import { usePage } from "../shell/page";

const Chart = lazy(() => import("./Chart"));
// More would be a ball of wool; the list below names them all.
const MOST_DRAWN = 60;
// The library does not fit a graph into its frame; these hold about two dozen units within it.
const FORCES = {
  wide: { repulsion: 380, gravity: 0.24, edgeLength: [60, 130] },
  narrow: { repulsion: 220, gravity: 0.26, edgeLength: [50, 100] },
};

interface Tie {
  lead: string;
  support: string;
  tasks: number;
}

interface Settings {
  rows: readonly Duty[];
  /** The one name of a unit that documents print by several. */
  nameOf: (printed: string) => string;
  onUnit: (unit: string) => void;
}

/** Which units lead tasks that others support; a unit that is picked shows its own. */
export function Network({ rows, nameOf, onUnit }: Settings) {
  const { say } = usePage();
  const ties = useMemo(() => tiesOf(rows, nameOf), [rows, nameOf]);
  const option = useMemo(() => drawing(ties.slice(0, MOST_DRAWN)), [ties]);
  if (!ties.length) return <Empty description={say("noPartners")} />;
  return (
    <div className="network">
      <Suspense fallback={<Spin className="loading" />}>
        <figure>
          <Chart option={option} label={say("network")} height={460} onPick={onUnit} />
          <figcaption>
            <span className="dot lead" /> {say("leads")} <span className="dot" /> {say("supportsOnly")}
          </figcaption>
        </figure>
      </Suspense>
      <ul aria-label={say("network")}>
        {ties.map((tie) => (
          <li key={`${tie.lead} ${tie.support}`}>
            <Button type="link" size="small" onClick={() => onUnit(tie.lead)}>
              {tie.lead}
            </Button>
            <span aria-label={say("supportedBy")}>←</span>
            <Button type="link" size="small" onClick={() => onUnit(tie.support)}>
              {tie.support}
            </Button>
            <span className="locator">{say("tasks", { count: tie.tasks })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Pairs of a unit that leads or is responsible and another one of the same task, the commonest first. */
function tiesOf(rows: readonly Duty[], nameOf: (printed: string) => string): Tie[] {
  // Both ends of a task name each other where all duties are shown; the task counts once.
  const tasks = new Map<string, Set<string>>();
  for (const row of rows) {
    for (const partner of row.partners) {
      const [lead, support] = inOrder(
        { ...row, unit: nameOf(row.unit) },
        { ...partner, unit: nameOf(partner.unit) },
      );
      if (lead === support) continue;
      const key = JSON.stringify([lead, support]);
      tasks.set(key, (tasks.get(key) ?? new Set()).add(`${row.clause_id} ${row.task}`));
    }
  }
  return [...tasks]
    .map(([key, found]) => {
      const [lead, support] = JSON.parse(key) as [string, string];
      return { lead, support, tasks: found.size };
    })
    .sort((one, other) => other.tasks - one.tasks);
}

/** The unit that leads before the one that supports; equals by their names, so that both ends agree. */
function inOrder(one: Holder, other: Holder): [string, string] {
  const difference = rankOf(one) - rankOf(other) || (one.unit < other.unit ? -1 : 1);
  return difference < 0 ? [one.unit, other.unit] : [other.unit, one.unit];
}

type Holder = Pick<Duty, "unit" | "role">;

function rankOf({ role }: Holder): number {
  return role === "牵头" ? 0 : role === "配合" ? 2 : 1;
}

function drawing(ties: readonly Tie[]) {
  const weights = new Map<string, number>();
  const leads = new Set(ties.map((tie) => tie.lead));
  for (const tie of ties) {
    for (const unit of [tie.lead, tie.support]) weights.set(unit, (weights.get(unit) ?? 0) + tie.tasks);
  }
  const style = getComputedStyle(document.documentElement);
  const [ink, lead, support] = ["--ink", "--accent", "--second"].map((name) => style.getPropertyValue(name));
  return {
    animation: false,
    tooltip: { renderMode: "richText" },
    series: [
      {
        type: "graph",
        layout: "force",
        roam: true,
        draggable: true,
        edgeSymbol: ["none", "arrow"],
        edgeSymbolSize: 7,
        force: { ...FORCES[window.matchMedia(NARROW).matches ? "narrow" : "wide"], layoutAnimation: false },
        label: { show: true, position: "right", color: ink, fontSize: 11 },
        lineStyle: { color: "#8a97a3", curveness: 0.1 },
        emphasis: { focus: "adjacency" },
        data: [...weights].map(([name, weight]) => ({
          name,
          symbolSize: 10 + Math.min(30, 5 * Math.sqrt(weight)),
          itemStyle: { color: leads.has(name) ? lead : support },
        })),
        links: ties.map(({ lead, support, tasks }) => ({
          source: lead,
          target: support,
          value: tasks,
          lineStyle: { width: Math.min(4, 0.8 * Math.sqrt(tasks)) },
        })),
      },
    ],
  };
}
