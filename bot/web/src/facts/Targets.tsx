import { Empty, Segmented, Spin, Table } from "antd";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { api, read } from "../api/client";
import type { Target } from "../api/client";
import { useLoaded } from "../shell/loaded";
import { usePage } from "../shell/page";
import { titled } from "../shell/source";
import { ValidityTag } from "../shell/ValidityTag";
import { warningOf } from "./exports";
import { LeftOut } from "./Hidden";
import { ClauseLink } from "./ClauseLink";

const Chart = lazy(() => import("./Chart"));
const MOST_MEASURES = 8;

/** Figures to be reached against their years, one measure at a time, and all of them as a table. */
export function Targets({ region }: { region: string }) {
  const { say, open } = usePage();
  const { value, problem } = useLoaded(
    useCallback(
      () => read(api.GET("/api/targets", { params: { query: { region: region || null } } })),
      [region],
    ),
  );
  const targets = useMemo(() => value?.targets ?? [], [value]);
  const plotted = useMemo(() => targets.filter((row) => row.year !== null && row.number !== null), [targets]);
  const measures = useMemo(() => commonest(plotted), [plotted]);
  const [chosen, setChosen] = useState<string | null>(null);
  const measure = chosen !== null && measures.includes(chosen) ? chosen : (measures[0] ?? "");
  const option = useMemo(
    () =>
      drawing(
        plotted.filter((row) => row.measure === measure),
        measure,
      ),
    [plotted, measure],
  );
  const pick = (name: string) => {
    const row = plotted.find((each) => each.fact_id === name);
    if (row) open({ policyId: row.policy_id, clauseId: row.clause_id, start: row.start, end: row.end });
  };

  if (problem) return <p className="problem">{problem}</p>;
  if (!value) return <Spin className="loading" />;
  if (!targets.length) return <Empty description={say("noTargets")} />;
  return (
    <div className="targets">
      <LeftOut count={value.left_out} />
      {measures.length > 0 && (
        <>
          <Segmented
            aria-label={say("measure")}
            value={measure}
            options={measures.map((each) => ({ value: each, label: each || say("noMeasure") }))}
            onChange={setChosen}
          />
          <Suspense fallback={<Spin className="loading" />}>
            <Chart option={option} label={say("targets")} height={340} onPick={pick} />
          </Suspense>
        </>
      )}
      <Table<Target>
        size="small"
        rowKey="fact_id"
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        scroll={{ x: 1100 }}
        dataSource={targets}
        columns={[
          { title: say("indicator"), dataIndex: "indicator", width: 240 },
          {
            title: say("year"),
            dataIndex: "year",
            width: 80,
            sorter: (one, other) => (one.year ?? 0) - (other.year ?? 0),
            render: (year: number | null) => year ?? "—",
          },
          { title: say("value"), width: 150, render: (_, row) => valueOf(row) },
          { title: say("region"), dataIndex: "region", width: 120 },
          {
            title: say("document"),
            width: 260,
            render: (_, row) => titled(row.policy_title, row.document_number),
          },
          { title: say("clause"), width: 130, render: (_, row) => <ClauseLink row={row} /> },
          { title: say("validity"), width: 150, render: (_, row) => (
              <>
                <ValidityTag validity={row.validity} />
                <span className="to-check">{warningOf(row, say)}</span>
              </>
            ) },
        ]}
      />
    </div>
  );
}

/** 达到2家; the comparator is left out where the value says it: 80%以上. */
function valueOf({ comparator, value }: Target): string {
  return comparator && !value.includes(comparator) ? comparator + value : value;
}

function commonest(targets: readonly Target[]): string[] {
  const counts = new Map<string, number>();
  for (const { measure } of targets) counts.set(measure, (counts.get(measure) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_MEASURES)
    .map(([measure]) => measure);
}

function drawing(targets: readonly Target[], measure: string) {
  const style = getComputedStyle(document.documentElement);
  const soft = style.getPropertyValue("--soft");
  const indicators = [...new Set(targets.map((row) => row.indicator))];
  // 24亿元 is kept as 2 400 000 000; the axis counts in what is printed.
  const scale = measure.startsWith("亿") ? 1e8 : measure.startsWith("万") ? 1e4 : 1;
  return {
    animation: false,
    tooltip: {
      // Drawn, not markup: what documents say stays text.
      renderMode: "richText",
      formatter: ({ seriesName, value }: { seriesName: string; value: [string, number] }) =>
        `${seriesName}\n${value[0]}：${value[1]} ${measure}`,
    },
    legend: { type: "scroll", bottom: 0, textStyle: { color: soft } },
    grid: { left: 16, right: 24, top: 24, bottom: 44, containLabel: true },
    xAxis: {
      type: "category",
      axisLabel: { color: soft },
      data: [...new Set(targets.map((row) => String(row.year)))].sort(),
    },
    yAxis: { type: "value", name: measure, nameTextStyle: { color: soft }, axisLabel: { color: soft } },
    series: indicators.map((indicator) => ({
      name: indicator,
      type: "line",
      symbolSize: 11,
      data: targets
        .filter((row) => row.indicator === indicator)
        .sort((one, other) => (one.year ?? 0) - (other.year ?? 0))
        .map((row) => ({ name: row.fact_id, value: [String(row.year), (row.number ?? 0) / scale] })),
    })),
  };
}
