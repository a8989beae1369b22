import { DeleteOutlined, HistoryOutlined, PlusOutlined, SendOutlined, StopOutlined } from "@ant-design/icons";
import { Button, Drawer, Input } from "antd";
import type { InputRef } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, read } from "../api/client";
import { ask } from "../api/stream";
import { useIsAdministrator } from "../admin/access";
import type { Choice } from "../api/client";
import { useLoaded } from "../shell/loaded";
import { usePage } from "../shell/page";
import { adviceOn } from "../shell/problems";
import { useStored } from "../shell/stored";
import { newId, requestFor, useConversations } from "./conversations";
import type { Conversation, Conversations, Turn } from "./conversations";
import { TurnView } from "./TurnView";
import { Welcome } from "./Welcome";

// Writing a long list of conversations into the browser's store at every piece of an answer would stutter.
const STORE_AFTER_MS = 300;

/** The chat: conversations of this browser, the current one, and the line to ask from. */
export function ChatView() {
  const { say } = usePage();
  const [kept, keep] = useStored<Conversation[]>("conversations", []);
  const [live, setLive] = useState(kept);
  const conversations = useConversations(live, setLive);
  const [draft, setDraft] = useState("");
  const [waiting, setWaiting] = useState<AbortController | null>(null);
  const [drawer, setDrawer] = useState(false);
  const field = useRef<InputRef>(null);
  const latest = useRef<HTMLDivElement>(null);
  const { current, change } = conversations;
  const isAdministrator = useIsAdministrator();
  const { value: keeping } = useLoaded(useCallback(() => read(api.GET("/api/keeping", {})), []));

  useEffect(() => {
    const timer = setTimeout(() => keep(live), STORE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [live, keep]);

  const send = useCallback(
    async (question: string, turns: Turn[], within?: Turn["within"]) => {
      const turn: Turn = { id: newId(), question, within };
      const controller = new AbortController();
      const update = (changed: Partial<Turn>) =>
        change(current.id, (before) =>
          before.map((each) => (each.id === turn.id ? { ...each, ...changed } : each)),
        );
      change(current.id, () => [...turns, turn]);
      setWaiting(controller);
      requestAnimationFrame(() => latest.current?.scrollIntoView({ block: "start" }));
      let partial = "";
      try {
        const history = turns.map((each) => each.question);
        for await (const step of ask(requestFor(question, history, within), controller.signal)) {
          if (step.name === "understanding" && step.data.leans_on_history) {
            update({ partial: say("understoodAs", { text: step.data.text }) });
          } else if (step.name === "statement") {
            partial += `${step.data.statement.text}\n`;
            update({ partial });
          } else if (step.name === "done") {
            update({ answer: step.data, partial: undefined });
          }
        }
      } catch (error) {
        const stopped = controller.signal.aborted;
        update({ problem: stopped ? say("stopped") : adviceOn(error, say), partial: undefined });
      } finally {
        setWaiting(null);
      }
    },
    [change, current.id, say],
  );

  const submit = (question = draft) => {
    if (!question.trim() || waiting) return;
    setDraft("");
    void send(question.trim(), current.turns);
  };
  const again = (turn: Turn, within?: Choice) => {
    const place = current.turns.indexOf(turn);
    // A choice asks the same question again, narrowed; a retry puts its answer in place of the old one.
    const before = within ? current.turns : current.turns.slice(0, place);
    void send(turn.question, before, within ?? turn.within);
  };
  const edit = (turn: Turn) => {
    change(current.id, (turns) => turns.slice(0, turns.indexOf(turn)));
    setDraft(turn.question);
    field.current?.focus();
  };

  const list = (
    <ConversationList
      conversations={conversations}
      disabled={waiting !== null}
      onChosen={() => {
        setDrawer(false);
        field.current?.focus();
      }}
    />
  );

  return (
    <div className="chat">
      <aside className="conversations" aria-label={say("conversations")}>
        {list}
      </aside>
      <Drawer
        open={drawer}
        onClose={() => setDrawer(false)}
        placement="left"
        title={say("conversations")}
        size={280}
      >
        {list}
      </Drawer>
      <div className="talk">
        <div className="log" role="log" aria-live="polite" aria-label={say("chat")} tabIndex={0}>
          {current.turns.length === 0 && <Welcome onAsk={submit} />}
          {current.turns.map((turn, place) => (
            <div
              key={turn.id}
              className="turn"
              ref={place === current.turns.length - 1 ? latest : undefined}
            >
              <TurnView
                turn={turn}
                history={current.turns.slice(0, place).map((each) => each.question)}
                mayRate={keeping?.questions ?? false}
                mayLookInside={isAdministrator}
                isWaiting={waiting !== null && place === current.turns.length - 1}
                onAgain={() => again(turn)}
                onEdit={() => edit(turn)}
                onChoose={(choice) => again(turn, choice)}
                onRated={(rated) =>
                  change(current.id, (turns) =>
                    turns.map((each) => (each.id === turn.id ? { ...each, rated } : each)),
                  )
                }
              />
            </div>
          ))}
        </div>
        <form
          className="composer"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Button
            className="history"
            icon={<HistoryOutlined aria-hidden />}
            aria-label={say("conversations")}
            onClick={() => setDrawer(true)}
          />
          <Input.TextArea
            ref={field}
            id="question"
            aria-label={say("question")}
            aria-describedby={keeping?.questions ? "keeping" : undefined}
            value={draft}
            autoFocus
            autoSize={{ minRows: 1, maxRows: 8 }}
            placeholder={say("placeholder")}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              // Enter also confirms a word in a Chinese input method; only the Enter after that sends.
              if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
                event.preventDefault();
                submit();
              }
            }}
          />
          {waiting ? (
            <Button danger icon={<StopOutlined aria-hidden />} onClick={() => waiting.abort()} id="stop">
              {say("stop")}
            </Button>
          ) : (
            <Button type="primary" htmlType="submit" icon={<SendOutlined aria-hidden />} id="send">
              {say("send")}
            </Button>
          )}
        </form>
        {keeping?.questions && (
          <p className="keeping" id="keeping">
            {say("keeping", { days: keeping.days })}
          </p>
        )}
      </div>
    </div>
  );
}

interface ListSettings {
  conversations: Conversations;
  disabled: boolean;
  onChosen: () => void;
}

function ConversationList({ conversations, disabled, onChosen }: ListSettings) {
  const { say } = usePage();
  return (
    <>
      <Button
        block
        icon={<PlusOutlined aria-hidden />}
        disabled={disabled}
        onClick={() => {
          conversations.start();
          onChosen();
        }}
      >
        {say("newChat")}
      </Button>
      <ul>
        {conversations.all
          .filter((each) => each.turns.length > 0)
          .map((each) => (
            <li key={each.id} className={each.id === conversations.current.id ? "current" : ""}>
              <button
                type="button"
                className="conversation"
                disabled={disabled}
                aria-current={each.id === conversations.current.id}
                onClick={() => {
                  conversations.choose(each.id);
                  onChosen();
                }}
              >
                {each.turns[0]?.question}
              </button>
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={`${say("remove")} ${each.turns[0]?.question ?? ""}`}
                disabled={disabled}
                onClick={() => conversations.remove(each.id)}
              />
            </li>
          ))}
      </ul>
    </>
  );
}
