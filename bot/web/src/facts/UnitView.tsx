import { Alert, Select, Spin, Tabs } from "antd";
import { useCallback, useMemo } from "react";
import { api, read } from "../api/client";
import { useLoaded } from "../shell/loaded";
import { usePage } from "../shell/page";
import { usePlace } from "../shell/place";
import { Deadlines } from "./Deadlines";
import { DutyTable } from "./DutyTable";
import { Network } from "./Network";
import { LeftOut } from "./Hidden";
import { RegionChoice } from "./RegionChoice";
import { Targets } from "./Targets";

// More units than any region has; the list is searched in the browser.
const ALL_UNITS = 1000;

/** What a unit has to do, over all documents: as a table, a calendar, a graph of partners; and the targets. */
export default function UnitView() {
  const { say } = usePage();
  const [{ search }, go] = usePlace();
  const region = search.get("region") ?? "";
  const unit = search.get("unit") ?? "";
  const tab = search.get("tab") ?? "duties";
  const change = (changed: Record<string, string>) => go("unit", { region, unit, tab, ...changed });

  const units = useLoaded(
    useCallback(
      () => read(api.GET("/api/units", { params: { query: { region: region || null, limit: ALL_UNITS } } })),
      [region],
    ),
  );
  const duties = useLoaded(
    useCallback(
      () =>
        read(api.GET("/api/duties", { params: { query: { region: region || null, unit: unit || null } } })),
      [region, unit],
    ),
  );
  const options = useMemo(
    () =>
      (units.value?.units ?? []).map((each) => ({
        value: each.unit,
        names: [each.unit, ...each.aliases].join(" "),
        label: `${each.unit}${each.aliases.length ? `（${each.aliases.join("、")}）` : ""} · ${each.duties}`,
      })),
    [units.value],
  );
  // Within a region a name means one unit; another region may mean another one by it.
  const nameOf = useMemo(() => {
    const known = new Map<string, string>();
    if (region) for (const each of units.value?.units ?? []) each.aliases.forEach((alias) => known.set(alias, each.unit));
    return (printed: string) => known.get(printed) ?? printed;
  }, [region, units.value]);
  const rows = duties.value?.duties ?? [];
  const name = unit || region || say("duties");

  return (
    <section className="facts">
      <h2>{say("unit")}</h2>
      <p className="hint">{say("unitHint")}</p>
      <div className="filters">
        <RegionChoice value={region} onChange={(chosen) => change({ region: chosen, unit: "" })} />
        <Select
          showSearch={{
            filterOption: (typed, option) =>
              option?.names.toLowerCase().includes(typed.trim().toLowerCase()) ?? false,
          }}
          allowClear
          aria-label={say("unitName")}
          placeholder={say("unitPlaceholder")}
          className="unit-choice"
          value={unit || undefined}
          options={options}
          loading={!units.value && !units.problem}
          onChange={(chosen?: string) => change({ unit: chosen ?? "" })}
        />
      </div>
      {duties.problem && <Alert type="warning" showIcon title={duties.problem} />}
      {!duties.value && !duties.problem && <Spin className="loading" />}
      {tab !== "targets" && <LeftOut count={duties.value?.left_out} />}
      {duties.value && (
        <Tabs
          activeKey={tab}
          onChange={(chosen) => change({ tab: chosen })}
          destroyOnHidden
          items={[
            { key: "duties", label: say("duties"), children: <DutyTable rows={rows} name={name} /> },
            { key: "calendar", label: say("calendar"), children: <Deadlines rows={rows} name={name} /> },
            {
              key: "network",
              label: say("network"),
              children: <Network rows={rows} nameOf={nameOf} onUnit={(chosen) => change({ unit: chosen })} />,
            },
            { key: "targets", label: say("targets"), children: <Targets region={region} /> },
          ]}
        />
      )}
    </section>
  );
}
