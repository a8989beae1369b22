import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Empty, Spin, Table, Tag } from "antd";
import { useCallback, useEffect, useState } from "react";
import { api, problemFrom, ProblemError, read } from "../api/client";
import type { Note } from "../api/client";
import type { Key } from "../messages";
import { useLoaded } from "../shell/loaded";
import { usePage } from "../shell/page";
import { adviceOn } from "../shell/problems";
import { save } from "../shell/save";
import { questionsAsLines } from "./access";

const REASONS: Record<string, Key> = {
  wrong: "reasonWrong",
  incomplete: "reasonIncomplete",
  outdated: "reasonOutdated",
  unclear: "reasonUnclear",
  other: "reasonOther",
};

interface Pages {
  questions: Note[];
  next: string | null;
  isBegun: boolean;
}

const NONE: Pages = { questions: [], next: null, isBegun: false };

function page(before: string | null) {
  return read(api.GET("/api/admin/questions", { params: { query: { before } } }));
}

/** Questions without an answer and answers that were no help, to be worked on and taken along. */
export function OpenQuestions() {
  const { say, language } = usePage();
  const { message } = App.useApp();
  const { value, problem, reload } = useLoaded(useCallback(() => page(null), []));
  const [later, setLater] = useState<Pages>(NONE);
  // A page that is loaded anew begins the list again.
  useEffect(() => setLater(NONE), [value]);
  const [handled, setHandled] = useState<ReadonlySet<number>>(new Set());

  const handle = async (note: Note) => {
    const { error, response } = await api.POST("/api/admin/questions/{note_id}/handled", {
      params: { path: { note_id: note.note_id } },
    });
    if (!response.ok) {
      void message.error(adviceOn(new ProblemError(problemFrom(error, response.status)), say));
      reload();
      return;
    }
    setHandled((before) => new Set([...before, note.note_id]));
  };
  const showMore = async (before: string) => {
    try {
      const { questions, next } = await page(before);
      setLater((pages) => ({ questions: [...pages.questions, ...questions], next, isBegun: true }));
    } catch (error) {
      void message.error(adviceOn(error, say));
    }
  };
  const exportLines = async () => {
    try {
      save(await questionsAsLines(), "questions.jsonl");
    } catch (error) {
      void message.error(adviceOn(error, say));
    }
  };

  if (problem) return <p className="problem">{problem}</p>;
  if (!value) return <Spin className="loading" />;
  const notes = [...value.questions, ...later.questions].filter((note) => !handled.has(note.note_id));
  const next = later.isBegun ? later.next : value.next;
  const count = Math.max(value.total - handled.size, notes.length);
  const more = next && (
    <Button block onClick={() => void showMore(next)}>
      {say("moreQuestions", { shown: notes.length, count })}
    </Button>
  );
  if (!notes.length) return more || <Empty description={say("noQuestions")} />;
  return (
    <>
      <div className="filters">
        <span className="count">{say("rows", { count })}</span>
        <Button icon={<DownloadOutlined aria-hidden />} onClick={() => void exportLines()}>
          {say("exportQuestions")}
        </Button>
      </div>
      <Table<Note>
        size="small"
        rowKey="note_id"
        pagination={false}
        scroll={{ x: 900 }}
        dataSource={notes}
        expandable={{
          expandedRowRender: (note) => <p className="status">{note.answer}</p>,
          rowExpandable: (note) => Boolean(note.answer),
        }}
        columns={[
          {
            title: say("question"),
            render: (_, note) => (
              <>
                {note.history.length > 0 && <span className="locator">{note.history.join(" → ")} → </span>}
                {note.question}
              </>
            ),
          },
          {
            title: say("verdict"),
            width: 240,
            render: (_, note) => (
              <>
                <Tag color={note.verdict === "down" ? "error" : "warning"}>
                  {say(note.verdict === "down" ? "disliked" : "unanswered")}
                </Tag>
                {note.reason && REASONS[note.reason] && say(REASONS[note.reason] as Key)}
                {note.times > 1 && say("times_asked", { count: note.times })}
              </>
            ),
          },
          { title: say("remark"), dataIndex: "comment", width: 200 },
          {
            title: say("asked_on"),
            width: 150,
            render: (_, note) => new Date(note.noted_at).toLocaleString(language === "zh" ? "zh-CN" : "en"),
          },
          {
            title: say("actions"),
            width: 90,
            render: (_, note) => (
              <Button size="small" onClick={() => void handle(note)}>
                {say("handled")}
              </Button>
            ),
          },
        ]}
      />
      {more}
    </>
  );
}
