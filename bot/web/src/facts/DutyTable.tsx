import { DownloadOutlined } from "@ant-design/icons";
import { Button, Checkbox, Empty, Input, Select, Table, Tag } from "antd";
import type { TableColumnsType } from "antd";
import { useDeferredValue, useMemo, useState } from "react";
import type { Duty } from "../api/client";
import type { Say } from "../messages";
import { usePage } from "../shell/page";
import { titled } from "../shell/source";
import { useHeight } from "../shell/height";
import { useNarrow } from "../shell/narrow";
import { ValidityTag } from "../shell/ValidityTag";
import { ClauseLink } from "./ClauseLink";
import { saveTable, warningOf } from "./exports";
import type { Column } from "./exports";

interface Group {
  fact_id: string;
  policy_title: string;
  children: Duty[];
}
type Line = Duty | Group;

function isGroup(line: Line): line is Group {
  return "children" in line;
}

/** Duties to be filtered, sorted, grouped by document and taken along as a spreadsheet. */
export function DutyTable({ rows, name }: { rows: readonly Duty[]; name: string }) {
  const { say, language } = usePage();
  const [typed, setTyped] = useState("");
  const [roles, setRoles] = useState<string[]>([]);
  const [inForceOnly, setInForceOnly] = useState(false);
  const [grouped, setGrouped] = useState(false);
  const [place, height] = useHeight();
  const wanted = useDeferredValue(typed.trim());

  const shown = useMemo(
    () =>
      rows.filter(
        (row) =>
          (!wanted || textOf(row).includes(wanted)) &&
          (!roles.length || roles.includes(row.role)) &&
          (!inForceOnly || row.validity === "in_force" || row.validity === "unknown"),
      ),
    [rows, wanted, roles, inForceOnly],
  );
  const lines = useMemo<Line[]>(() => (grouped ? byDocument(shown) : [...shown]), [grouped, shown]);
  const isNarrow = useNarrow();
  const columns = useMemo(
    () => (isNarrow ? narrowColumns(say) : columnsOf(say, language)),
    [say, language, isNarrow],
  );

  return (
    <>
      <div className="filters">
        <Input.Search
          allowClear
          aria-label={say("filterText")}
          placeholder={say("filterText")}
          className="text-filter"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Select
          mode="multiple"
          allowClear
          aria-label={say("role")}
          placeholder={say("role")}
          className="role-choice"
          value={roles}
          options={[...new Set(rows.map((row) => row.role))].map((role) => ({ value: role, label: role }))}
          onChange={setRoles}
        />
        <Checkbox checked={inForceOnly} onChange={(event) => setInForceOnly(event.target.checked)}>
          {say("inForceOnly")}
        </Checkbox>
        <Checkbox checked={grouped} onChange={(event) => setGrouped(event.target.checked)}>
          {say("groupByDocument")}
        </Checkbox>
        <span className="count" role="status">
          {say("rows", { count: shown.length })}
        </span>
        <Button
          icon={<DownloadOutlined aria-hidden />}
          disabled={!shown.length}
          onClick={() => void saveTable(shown, exported(say), name)}
        >
          {say("exportTable")}
        </Button>
      </div>
      {shown.length ? (
        <div ref={place} className="table">
          <Table<Line>
            virtual
            size="small"
            pagination={false}
            key={String(grouped)}
            rowKey="fact_id"
            scroll={{ x: isNarrow ? 280 : 1180, y: height - 48 }}
            expandable={{ defaultExpandAllRows: true }}
            columns={columns}
            dataSource={lines}
          />
        </div>
      ) : (
        <Empty description={say("noDuties")} />
      )}
    </>
  );
}

function textOf(row: Duty): string {
  return `${row.unit}\n${row.task}\n${row.policy_title}\n${row.deadline ?? ""}\n${row.document_number ?? ""}`;
}

function byDocument(rows: readonly Duty[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const group = groups.get(row.policy_id) ?? {
      fact_id: row.policy_id,
      policy_title: titled(row.policy_title, row.document_number),
      children: [],
    };
    group.children.push(row);
    groups.set(row.policy_id, group);
  }
  return [...groups.values()];
}

function columnsOf(say: Say, language: string): TableColumnsType<Line> {
  const compared = (value: (row: Duty) => string) => (one: Line, other: Line) =>
    isGroup(one) || isGroup(other) ? 0 : value(one).localeCompare(value(other), language);
  const cell = (show: (row: Duty) => React.ReactNode) => (_: unknown, line: Line) =>
    isGroup(line) ? null : show(line);
  return [
    {
      key: "unit",
      title: say("unitName"),
      width: 190,
      onCell: (line) => (isGroup(line) ? { colSpan: 7 } : {}),
      sorter: compared((row) => row.unit),
      render: (_, line) =>
        isGroup(line) ? <strong>{`${line.policy_title} · ${line.children.length}`}</strong> : line.unit,
    },
    {
      key: "role",
      title: say("role"),
      width: 80,
      onCell: hiddenInGroups,
      sorter: compared((row) => row.role),
      render: cell((row) => <Tag color={row.role === "牵头" ? "blue" : undefined}>{row.role}</Tag>),
    },
    {
      key: "task",
      title: say("task"),
      onCell: hiddenInGroups,
      sorter: compared((row) => row.task),
      render: cell((row) => row.task),
    },
    {
      key: "deadline",
      title: say("deadline"),
      width: 130,
      onCell: hiddenInGroups,
      sorter: compared((row) => row.deadline_date ?? row.deadline ?? "￿"),
      render: cell((row) => row.deadline ?? "—"),
    },
    {
      key: "policy",
      title: say("document"),
      width: 260,
      onCell: hiddenInGroups,
      sorter: compared((row) => row.policy_title),
      render: cell((row) => titled(row.policy_title, row.document_number)),
    },
    {
      key: "clause",
      title: say("clause"),
      width: 130,
      onCell: hiddenInGroups,
      render: cell((row) => <ClauseLink row={row} />),
    },
    {
      key: "validity",
      title: say("validity"),
      width: 150,
      onCell: hiddenInGroups,
      sorter: compared((row) => row.validity),
      render: cell((row) => (
        <>
          <ValidityTag validity={row.validity} />
          <span className="to-check">{warningOf(row, say)}</span>
        </>
      )),
    },
  ];
}

/** On a telephone a duty is read from top to bottom; the filters and the export are the same. */
function narrowColumns(say: Say): TableColumnsType<Line> {
  return [
    {
      key: "duty",
      title: say("duties"),
      render: (_, line) =>
        isGroup(line) ? (
          <strong>{`${line.policy_title} · ${line.children.length}`}</strong>
        ) : (
          <div className="duty">
            <strong>{line.task}</strong>
            <span>
              {line.unit} <Tag color={line.role === "牵头" ? "blue" : undefined}>{line.role}</Tag>
              {line.deadline && `${say("deadline")}：${line.deadline}`}
            </span>
            <span className="locator">{titled(line.policy_title, line.document_number)}</span>
            <span>
              <ClauseLink row={line} /> <ValidityTag validity={line.validity} />
            </span>
            <span className="to-check">{warningOf(line, say)}</span>
          </div>
        ),
    },
  ];
}

function hiddenInGroups(line: Line): { colSpan?: number } {
  return isGroup(line) ? { colSpan: 0 } : {};
}

function exported(say: Say): Column<Duty>[] {
  return [
    { title: say("region"), value: (row) => row.region },
    { title: say("unitName"), value: (row) => row.unit, width: 24 },
    { title: say("role"), value: (row) => row.role, width: 8 },
    { title: say("task"), value: (row) => row.task, width: 50 },
    { title: say("deadline"), value: (row) => row.deadline },
    {
      title: say("partners"),
      value: (row) => row.partners.map((each) => `${each.unit}（${each.role}）`).join("、"),
      width: 40,
    },
    { title: say("document"), value: (row) => row.policy_title, width: 40 },
    { title: say("number"), value: (row) => row.document_number },
    { title: say("clause"), value: (row) => row.locator },
    { title: say("validity"), value: (row) => say(row.validity) },
    { title: say("toCheck"), value: (row) => warningOf(row, say), width: 40 },
    { title: say("quote"), value: (row) => row.quote, width: 60 },
  ];
}
