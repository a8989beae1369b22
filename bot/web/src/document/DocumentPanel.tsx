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

interface Shown {
  policy: Policy;
  clauseId?: string;
  start: number;
  end: number;
}

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
    const target = body.current?.querySelector("mark") ?? body.current?.querySelector(".clause.current");
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
    setShown({ ...shown, clauseId: clause.clause_id, start: -1, end: -1 });
    document.getElementById(`clause-${clause.clause_id}`)?.scrollIntoView({ block: "center" });
  };
  const copy = async () => {
    const clause = clauses[place];
    if (!shown || !clause) return;
    const quote =
      shown.end > shown.start && shown.start >= 0
        ? characters.slice(shown.start, shown.end).join("")
        : clause.text;
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
      setShown({ ...shown, clauseId: clause.clause_id, start: -1, end: -1 });
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
                  start={shown.start}
                  end={shown.end}
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

async function load({ policyId, clauseId, start = -1, end = -1 }: Opened): Promise<Shown> {
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
  return { policy, clauseId, start, end };
}

function isHeading(clause: Clause): boolean {
  return clause.kind === "heading" || clause.kind === "title" || Boolean(clause.heading);
}

interface TextSettings {
  clause: Clause;
  characters: readonly string[];
  isCurrent: boolean;
  start: number;
  end: number;
}

function ClauseText({ clause, characters, isCurrent, start, end }: TextSettings) {
  const from = Math.min(Math.max(start, clause.start), clause.end);
  const to = Math.min(Math.max(end, from), clause.end);
  const text = (first: number, last: number) => characters.slice(first, last).join("");
  return (
    <div
      id={`clause-${clause.clause_id}`}
      className={`clause ${clause.kind} ${isCurrent ? "current" : ""}`}
      title={clause.locator}
    >
      {text(clause.start, from)}
      {to > from && <mark>{text(from, to)}</mark>}
      {text(to, clause.end)}
    </div>
  );
}
