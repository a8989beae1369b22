import { CloseOutlined, CopyOutlined, DownOutlined, MenuOutlined, UpOutlined } from "@ant-design/icons";
import { Alert, App, Button, Spin } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import type { MouseEvent } from "react";
import { api, read } from "../api/client";
import type { Clause, Policy } from "../api/client";
import type { Key } from "../messages";
import { usePage } from "../shell/page";
import type { Opened } from "../shell/page";
import { adviceOn } from "../shell/problems";
import { sourceOf, titled } from "../shell/source";
import { ValidityTag } from "../shell/ValidityTag";

const WARNINGS: Partial<Record<Policy["validity"], Key>> = {
  expired: "warnExpired",
  repealed: "warnRepealed",
  not_yet: "warnNotYet",
};

/** Offsets in the policy text. */
interface Span {
  start: number;
  end: number;
}

interface Shown {
  policy: Policy;
  clauseId?: string;
  quote: Span;
  /** The words of the quote that answer. */
  answer: Span;
}

const NOTHING: Span = { start: -1, end: -1 };

/** A whole document beside the conversation: its heading tree, its clauses, the quote marked and in view. */
export default function DocumentPanel({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  const { say } = usePage();
  const { message } = App.useApp();
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState("");
  const [isOutlineOpen, setIsOutlineOpen] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const openedFrom = useRef<Element | null>(document.activeElement);

  useEffect(() => {
    let isLatest = true;
    setProblem("");
    load(opened).then(
      (loaded) => isLatest && setShown(loaded),
      (error: unknown) => isLatest && setProblem(adviceOn(error, say)),
    );
    return () => {
      isLatest = false;
    };
  }, [opened, say]);

  useEffect(() => {
    const target = ["mark strong", "mark", ".clause.current"]
      .map((each) => body.current?.querySelector(each))
      .find(Boolean);
    if (target) target.scrollIntoView({ block: "center" });
    else body.current?.scrollTo({ top: 0 });
    title.current?.focus({ preventScroll: true });
  }, [shown?.policy.policy_id, opened]);

  const close = () => {
    onClose();
    if (openedFrom.current instanceof HTMLElement) openedFrom.current.focus();
  };
  // Strings of JavaScript count UTF-16 units, offsets count code points.
  const characters = useMemo(() => Array.from(shown?.policy.text ?? ""), [shown?.policy]);
  const clauses = shown?.policy.clauses ?? [];
  const place = clauses.findIndex((clause) => clause.clause_id === shown?.clauseId);
  const goTo = (clause: Clause | undefined) => {
    if (!shown || !clause) return;
    setShown({ policy: shown.policy, clauseId: clause.clause_id, quote: NOTHING, answer: NOTHING });
    document.getElementById(`clause-${clause.clause_id}`)?.scrollIntoView({ block: "center" });
  };
  const copy = async () => {
    const clause = clauses[place];
    if (!shown || !clause) return;
    const { start, end } = shown.quote;
    const quote = end > start && start >= 0 ? characters.slice(start, end).join("") : clause.text;
    const source = sourceOf({
      policy_title: shown.policy.title,
      document_number: shown.policy.document_number,
      locator: clause.locator,
    });
    await navigator.clipboard.writeText(`${quote}\n——${source}`);
    void message.success(say("copied"));
  };
  const choose = (event: MouseEvent) => {
    const id = event.target instanceof Element ? event.target.closest(".clause")?.id : undefined;
    const clause = clauses.find((each) => `clause-${each.clause_id}` === id);
    if (clause && shown && clause.clause_id !== shown.clauseId && window.getSelection()?.isCollapsed) {
      setShown({ policy: shown.policy, clauseId: clause.clause_id, quote: NOTHING, answer: NOTHING });
    }
  };
  const warning = shown && WARNINGS[shown.policy.validity];

  return (
    <aside
      className="document"
      aria-label={say("fullText")}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <header>
        <h2 ref={title} tabIndex={-1}>
          {shown ? titled(shown.policy.title, shown.policy.document_number) : say("opening")}
        </h2>
        <Button
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={say("closeDocument")}
          onClick={close}
        />
      </header>
      {shown && (
        <p className="about">
          {[shown.policy.metadata.region, shown.policy.metadata.issuers.join("、"), shown.policy.source]
            .filter(Boolean)
            .join(" · ")}{" "}
          <ValidityTag validity={shown.policy.validity} expiresOn={shown.policy.metadata.expires_on} />
        </p>
      )}
      {warning && <Alert type="error" showIcon banner title={say(warning)} />}
      {problem && <p className="problem">{problem}</p>}
      {shown ? (
        <>
          <div className="tools">
            <Button
              size="small"
              className="outline-button"
              icon={<MenuOutlined aria-hidden />}
              aria-expanded={isOutlineOpen}
              onClick={() => setIsOutlineOpen(!isOutlineOpen)}
            >
              {say("outline")}
            </Button>
            <Button
              size="small"
              icon={<UpOutlined aria-hidden />}
              disabled={place <= 0}
              onClick={() => goTo(clauses[place - 1])}
            >
              {say("previousClause")}
            </Button>
            <Button
              size="small"
              icon={<DownOutlined aria-hidden />}
              disabled={place >= clauses.length - 1}
              onClick={() => goTo(clauses[place + 1])}
            >
              {say("nextClause")}
            </Button>
            <Button
              size="small"
              icon={<CopyOutlined aria-hidden />}
              disabled={place < 0}
              onClick={() => void copy()}
            >
              {say("copyWithSource")}
            </Button>
            <span className="locator">{clauses[place]?.locator}</span>
          </div>
          <div className="reading">
            <nav className={`outline ${isOutlineOpen ? "open" : ""}`} aria-label={say("outline")}>
              <ul>
                {clauses.filter(isHeading).map((clause) => (
                  <li key={clause.clause_id} className={`level-${Math.min(clause.path.length, 4)}`}>
                    <button
                      type="button"
                      onClick={() => {
                        setIsOutlineOpen(false);
                        goTo(clause);
                      }}
                    >
                      {clause.heading || clause.text}
                    </button>
                  </li>
                ))}
              </ul>
            </nav>
            <div ref={body} className="text" tabIndex={0} role="document" onClick={choose}>
              {clauses.map((clause) => (
                <ClauseText
                  key={clause.clause_id}
                  clause={clause}
                  characters={characters}
                  isCurrent={clause.clause_id === shown.clauseId}
                  quote={shown.quote}
                  answer={shown.answer}
                />
              ))}
            </div>
          </div>
        </>
      ) : (
        !problem && <Spin className="loading" />
      )}
    </aside>
  );
}

async function load({
  policyId,
  clauseId,
  start = -1,
  end = -1,
  answerStart = -1,
  answerEnd = -1,
}: Opened): Promise<Shown> {
  let id = policyId;
  if (!id && clauseId) {
    const clause = await read(
      api.GET("/api/clauses/{clause_id}", { params: { path: { clause_id: clauseId } } }),
    );
    id = clause.policy_id;
    if (start < 0) [start, end] = [clause.start, clause.end];
  }
  const policy = await read(
    api.GET("/api/policies/{policy_id}", { params: { path: { policy_id: id ?? "" } } }),
  );
  return { policy, clauseId, quote: { start, end }, answer: { start: answerStart, end: answerEnd } };
}

function isHeading(clause: Clause): boolean {
  return clause.kind === "heading" || clause.kind === "title" || Boolean(clause.heading);
}

interface TextSettings {
  clause: Clause;
  characters: readonly string[];
  isCurrent: boolean;
  quote: Span;
  answer: Span;
}

/** What of a span lies within another; empty, at one of its ends, if nothing does. */
function within({ start, end }: Span, outer: Span): Span {
  const from = Math.min(Math.max(start, outer.start), outer.end);
  return { start: from, end: Math.min(Math.max(end, from), outer.end) };
}

function ClauseText({ clause, characters, isCurrent, quote, answer }: TextSettings) {
  const quoted = within(quote, clause);
  const direct = within(answer, quoted);
  const text = (first: number, last: number) => characters.slice(first, last).join("");
  return (
    <div
      id={`clause-${clause.clause_id}`}
      className={`clause ${clause.kind} ${isCurrent ? "current" : ""}`}
      title={clause.locator}
    >
      {text(clause.start, quoted.start)}
      {quoted.end > quoted.start && (
        <mark>
          {text(quoted.start, direct.start)}
          {direct.end > direct.start && <strong>{text(direct.start, direct.end)}</strong>}
          {text(direct.end, quoted.end)}
        </mark>
      )}
      {text(quoted.end, clause.end)}
    </div>
  );
}
