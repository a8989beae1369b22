import { Table, Tag } from "antd";
import type { TableColumnsType } from "antd";
import { useMemo } from "react";
import type { Say } from "../messages";
import { useHeight } from "../shell/height";
import { usePage } from "../shell/page";
import { titled } from "../shell/source";
import { ValidityTag } from "../shell/ValidityTag";
import { ClauseLink } from "./ClauseLink";
import { warningOf } from "./exports";
import type { Offer } from "./MoneyView";

/** Benefits as a table that sorts by amount. */
export function BenefitTable({ offers }: { offers: readonly Offer[] }) {
  const { say } = usePage();
  const [place, height] = useHeight();
  const columns = useMemo(() => columnsOf(say), [say]);
  return (
    <div ref={place} className="table">
      <Table<Offer>
        virtual
        size="small"
        pagination={false}
        rowKey="fact_id"
        scroll={{ x: 1500, y: height - 48 }}
        columns={columns}
        dataSource={offers}
      />
    </div>
  );
}

function columnsOf(say: Say): TableColumnsType<Offer> {
  return [
    { title: say("region"), dataIndex: "region", width: 100 },
    { title: say("applicant"), dataIndex: "applicant", width: 200 },
    { title: say("purpose"), dataIndex: "purpose", width: 200 },
    {
      title: say("amount"),
      dataIndex: "amount",
      width: 130,
      sorter: (one, other) => (one.amount_yuan ?? 0) - (other.amount_yuan ?? 0),
    },
    { title: say("cap"), dataIndex: "cap", width: 110 },
    { title: say("condition"), dataIndex: "condition" },
    { title: say("payer"), dataIndex: "payer", width: 130 },
    {
      title: say("becauseOf"),
      width: 110,
      render: (_, row) => row.reasons?.map((reason) => <Tag key={reason}>{reason}</Tag>),
    },
    { title: say("document"), width: 220, render: (_, row) => titled(row.policy_title, row.document_number) },
    { title: say("clause"), width: 130, render: (_, row) => <ClauseLink row={row} /> },
    {
      title: say("validity"),
      width: 190,
      render: (_, row) => (
        <>
          <ValidityTag validity={row.validity} expiresOn={row.expires_on} />
          <span className="to-check">{warningOf(row, say)}</span>
        </>
      ),
    },
  ];
}
