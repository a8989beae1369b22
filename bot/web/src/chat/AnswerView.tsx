import { Alert, Button, Card, Space } from "antd";
import { useMemo } from "react";
import type { Answer, Choice, Citation, Statement } from "../api/client";
import { usePage } from "../shell/page";
import { sourceOf, titled } from "../shell/source";
import { ValidityTag } from "../shell/ValidityTag";
import { Line, Marker } from "./Markers";
import { piecesOf } from "./quotes";

interface Settings {
  answer: Answer;
  onChoose: (choice: Choice) => void;
}

/** A complete answer: what is to be heeded, the direct answer, a card a region, its quotes. */
export function AnswerView({ answer, onChoose }: Settings) {
  const { say, open } = usePage();
  const citations = useMemo(
    () => new Map(answer.citations.map((citation) => [citation.marker, citation])),
    [answer],
  );
  const openCitation = (citation: Citation) =>
    open({
      policyId: citation.policy_id,
      clauseId: citation.clause_id,
      start: citation.start,
      end: citation.end,
      answerStart: citation.answer_start ?? undefined,
      answerEnd: citation.answer_end ?? undefined,
    });
  const regions = useMemo(() => byRegion(answer.statements, citations), [answer, citations]);
  const opening = answer.statements.length ? "" : (answer.text.split("\n").find((line) => line.trim()) ?? "");
  const graveNotices = answer.citations.some(
    ({ validity }) => validity === "expired" || validity === "repealed",
  );

  return (
    <div className="answer-body">
      {answer.notices.map((notice) => (
        <Alert
          key={notice}
          type={graveNotices ? "error" : "warning"}
          showIcon
          title={notice}
          className="notice"
        />
      ))}
      {opening && <p className="direct">{opening}</p>}
      {regions.length > 1 && (
        <p className="direct">
          {say("ruledIn", {
            count: regions.length,
            names: regions.map(([region]) => region).join(say("listComma")),
          })}
        </p>
      )}
      {regions.length > 1
        ? regions.map(([region, statements]) => (
            <Card key={region} size="small" title={region} className="region">
              <Statements
                statements={statements}
                citations={citations}
                onOpen={openCitation}
                region={region}
              />
            </Card>
          ))
        : regions.map(([region, statements]) => (
            <Statements
              key={region}
              statements={statements}
              citations={citations}
              onOpen={openCitation}
              direct
            />
          ))}
      {answer.choices.length > 0 && (
        <Space wrap className="choices" role="group" aria-label={say("choose")}>
          {answer.choices.map((choice) => (
            <Button key={`${choice.label}${choice.policy_id ?? ""}`} onClick={() => onChoose(choice)}>
              {choice.label}
            </Button>
          ))}
        </Space>
      )}
      {answer.citations.length > 0 && (
        <section className="quotes" aria-label={say("evidence")}>
          <h3>{say("evidence")}</h3>
          {answer.citations.map((citation) => (
            <CitationCard key={citation.marker} citation={citation} onOpen={openCitation} />
          ))}
        </section>
      )}
      {answer.related.length > 0 && (
        <section className="quotes near" aria-label={say("related")}>
          <h3>{say("related")}</h3>
          {answer.related.map((related) => (
            <article key={related.clause_id} className="quote">
              <header>
                <button
                  type="button"
                  className="source"
                  onClick={() => open({ clauseId: related.clause_id })}
                >
                  {titled(related.policy_title)} <span className="locator">{related.locator}</span>
                </button>
                <ValidityTag validity={related.validity} expiresOn={related.expires_on} />
              </header>
              <p className="snippet">{related.snippet}</p>
            </article>
          ))}
        </section>
      )}
      {answer.composer === "chat_model" && <p className="composer-note">{say("byModel")}</p>}
    </div>
  );
}

interface Told {
  statements: readonly Statement[];
  citations: ReadonlyMap<number, Citation>;
  onOpen: (citation: Citation) => void;
  region?: string;
  direct?: boolean;
}

function Statements({ statements, citations, onOpen, region = "", direct = false }: Told) {
  return statements.map((statement, place) => {
    const text = region ? statement.text.replace(`${region}：`, "") : statement.text;
    return (
      <p key={place} className={direct && place === 0 ? "direct" : "statement"}>
        <Line text={text} citations={citations} onOpen={onOpen} />
        {statement.citations.map((marker) => {
          const citation = citations.get(marker);
          return citation && <Marker key={marker} citation={citation} onOpen={onOpen} />;
        })}
      </p>
    );
  });
}

function CitationCard({ citation, onOpen }: { citation: Citation; onOpen: (citation: Citation) => void }) {
  return (
    <article className={`quote ${citation.validity}`}>
      <header>
        <button type="button" className="source" onClick={() => onOpen(citation)}>
          <span className="number">{citation.marker}</span>
          {titled(citation.policy_title, citation.document_number)}{" "}
          <span className="locator">{citation.locator}</span>
        </button>
        <ValidityTag validity={citation.validity} expiresOn={citation.expires_on} />
      </header>
      <blockquote cite={sourceOf(citation)}>
        {piecesOf(citation).map(({ text, isAnswer }, place) =>
          isAnswer ? <mark key={place}>{text}</mark> : <span key={place}>{text}</span>,
        )}
      </blockquote>
    </article>
  );
}

/** Statements by the region of the documents they stand on, in the order of the answer. */
function byRegion(
  statements: readonly Statement[],
  citations: ReadonlyMap<number, Citation>,
): [string, Statement[]][] {
  const found = new Map<string, Statement[]>();
  for (const statement of statements) {
    const first = citations.get(statement.citations[0] ?? -1);
    const region = first?.region ?? (first ? titled(first.policy_title) : "");
    found.set(region, [...(found.get(region) ?? []), statement]);
  }
  return [...found];
}
