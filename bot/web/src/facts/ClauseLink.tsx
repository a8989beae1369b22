import { Button } from "antd";
import { usePage } from "../shell/page";
import { sourceOf } from "../shell/source";

export interface Sourced {
  fact_id: string;
  policy_id: string;
  policy_title: string;
  document_number: string | null;
  clause_id: string;
  locator: string;
  start: number;
  end: number;
}

/** The place of a row in its document; opens the clause with the words marked that state the row. */
export function ClauseLink({ row }: { row: Sourced }) {
  const { open, say } = usePage();
  return (
    <Button
      type="link"
      size="small"
      className="clause-link"
      aria-label={`${say("openClause")} ${sourceOf(row)}`}
      onClick={() =>
        open({ policyId: row.policy_id, clauseId: row.clause_id, start: row.start, end: row.end })
      }
    >
      {row.locator}
    </Button>
  );
}
