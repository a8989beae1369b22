import { Drawer, Spin, Tag } from "antd";
import { useCallback } from "react";
import { api, read } from "../api/client";
import type { AskedQuestion, Explained, ExplainedClause, Explanation } from "../api/client";
import type { Key } from "../messages";
import { useLoaded } from "../shell/loaded";
import { usePage } from "../shell/page";
import { titled } from "../shell/source";
import { Told } from "../shell/Told";

const WAYS: Record<Explained["way"], Key> = {
  as_asked: "wayAsAsked",
  question_before: "wayQuestionBefore",
  without_history: "wayWithoutHistory",
  higher_places: "wayHigherPlaces",
  part: "wayPart",
};
const KINDS: Record<string, Key> = {
  duty: "kindDuty",
  unit_duties: "kindUnitDuties",
  amount: "kindAmount",
  target: "kindTarget",
  deadline: "kindDeadline",
  members: "kindMembers",
  validity: "kindValidity",
  metadata: "kindMetadata",
  content: "kindContent",
  out_of_scope: "kindOutOfScope",
  chatter: "kindChatter",
};
const FEW_DOCUMENTS = 3;

interface Settings {
  isOpen: boolean;
  request: AskedQuestion;
  onClose: () => void;
}

/** Beside the page: the attempts at a question, and what became of each clause in them. */
export default function WhyDrawer({ isOpen, request, onClose }: Settings) {
  const { say } = usePage();
  return (
    <Drawer
      open={isOpen}
      onClose={onClose}
      title={say("whyThis")}
      aria-label={say("whyThis")}
      size="min(1000px, 100vw)"
      destroyOnHidden
    >
      <Why request={request} />
    </Drawer>
  );
}

function Why({ request }: { request: AskedQuestion }) {
  const { say } = usePage();
  // The same question is not asked again because the page was drawn again.
  const asked = JSON.stringify(request);
  const load = useCallback(
    () => read(api.POST("/api/admin/explain", { body: JSON.parse(asked) as Required<AskedQuestion> })),
    [asked],
  );
  const { value, problem } = useLoaded<Explanation>(load);
  if (problem) return <p className="problem">{problem}</p>;
  if (!value) return <Spin className="loading" />;
  return (
    <>
      {value.attempts.map((attempt, place) => (
        <Attempt key={place} attempt={attempt} number={place + 1} />
      ))}
      <p className="hint">{say("whyBounds", { enough: value.enough, near: value.near, reader: value.reader })}</p>
    </>
  );
}

function Attempt({ attempt, number }: { attempt: Explained; number: number }) {
  const { say } = usePage();
  const name = `${number}. ${say(WAYS[attempt.way])}`;
  const dropped = Object.entries(attempt.dropped);
  return (
    <section className="attempt" aria-label={name}>
      <h3>
        {name} <Outcome attempt={attempt} />
      </h3>
      <p className="understood">{attempt.question}</p>
      <dl>
        <Fact name={say("whyKind")} values={attempt.kinds.map((kind) => (KINDS[kind] ? say(KINDS[kind]) : kind))} />
        <Fact name={say("region")} values={attempt.regions} />
        <Fact name={say("year")} values={attempt.years} />
        <Fact
          name={say("document")}
          values={
            attempt.documents.length > FEW_DOCUMENTS
              ? [say("whyLimited", { count: attempt.documents.length })]
              : attempt.documents.map((each) => titled(each))
          }
        />
        <dt>{say("clauses")}</dt>
        <dd>
          {say("whyFound", {
            found: attempt.found,
            read: attempt.clauses.length,
            surety: attempt.surety.toFixed(2),
          })}
          {!attempt.by_reading && ` ${say("whyOnlyShown")}`}
        </dd>
        {dropped.length > 0 && (
          <>
            <dt>{say("whyDropped")}</dt>
            <dd>
              {dropped.map(([rule, count]) => (
                <Tag key={rule}>
                  <Told>{rule}</Told> {count}
                </Tag>
              ))}
            </dd>
          </>
        )}
        {!attempt.answered && attempt.opening && (
          <>
            <dt>{say("whySaid")}</dt>
            <dd>{attempt.opening}</dd>
          </>
        )}
        {attempt.unproven.length > 0 && (
          <>
            <dt>{say("whyUnproven")}</dt>
            <dd className="problem">{attempt.unproven.join(" ")}</dd>
          </>
        )}
      </dl>
      {attempt.clauses.length > 0 && <Readings clauses={attempt.clauses} name={name} />}
    </section>
  );
}

function Outcome({ attempt }: { attempt: Explained }) {
  const { say } = usePage();
  const said = attempt.answered ? "whyAnswered" : attempt.outcome === "clarify" ? "whyAsksBack" : "whySilent";
  return (
    <>
      <Tag color={attempt.answered ? "success" : "default"}>{say(said)}</Tag>
      {attempt.told && <Tag>{say("whyTold")}</Tag>}
    </>
  );
}

function Fact({ name, values }: { name: string; values: readonly string[] }) {
  const { say } = usePage();
  if (!values.length) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{values.join(say("listComma"))}</dd>
    </>
  );
}

function Readings({ clauses, name }: { clauses: readonly ExplainedClause[]; name: string }) {
  const { say } = usePage();
  const columns: Key[] = [
    "whyProbability",
    "whyReader",
    "whySearch",
    "whyWords",
    "whyNear",
    "whyFact",
    "whyShown",
    "whyClause",
    "whyAnswer",
    "whyFate",
  ];
  return (
    <div className="readings" tabIndex={0} role="region" aria-label={`${name} ${say("whyRead")}`}>
      <table>
        <thead>
          <tr>
            {columns.map((each) => (
              <th key={each} scope="col">
                {say(each)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {clauses.map((clause) => (
            <tr key={clause.clause_id}>
              <td>{clause.probability.toFixed(3)}</td>
              <td>{clause.answers.toFixed(3)}</td>
              <td>{clause.retrieved.toFixed(2)}</td>
              <td>{clause.coverage.toFixed(2)}</td>
              <td>{clause.nearness.toFixed(1)}</td>
              <td>{clause.fact ? "✓" : ""}</td>
              <td>{clause.shown ? "✓" : ""}</td>
              <th scope="row">
                {titled(clause.document)} <span className="locator">{clause.locator}</span>
              </th>
              <td>{clause.words}</td>
              <td>
                {clause.quoted && <Tag color="success">{say("whyQuoted")}</Tag>}
                {clause.answering && !clause.quoted && <Tag>{say("whyAnswering")}</Tag>}
                {clause.dropped_by && (
                  <Tag color="warning">
                    <Told>{clause.dropped_by}</Told>
                  </Tag>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
