import {
  CopyOutlined,
  DislikeFilled,
  DislikeOutlined,
  EditOutlined,
  FileMarkdownOutlined,
  FileWordOutlined,
  LikeFilled,
  LikeOutlined,
  PrinterOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
} from "@ant-design/icons";
import { App, Button, Input, Modal, Radio, Space, Tooltip } from "antd";
import { lazy, Suspense, useState } from "react";
import type { ReactNode } from "react";
import { api, read } from "../api/client";
import type { Answer, Choice } from "../api/client";
import type { Key } from "../messages";
import { usePage } from "../shell/page";
import { adviceOn } from "../shell/problems";
import { AnswerView } from "./AnswerView";
import { requestFor } from "./conversations";
import type { Turn } from "./conversations";
import { asMarkdown, saveMarkdown, saveWord } from "./exports";

const WhyDrawer = lazy(() => import("../admin/WhyDrawer"));

const REASONS = [
  ["wrong", "reasonWrong"],
  ["incomplete", "reasonIncomplete"],
  ["outdated", "reasonOutdated"],
  ["unclear", "reasonUnclear"],
  ["other", "reasonOther"],
] as const satisfies readonly (readonly [string, Key])[];
type Reason = (typeof REASONS)[number][0];

const EARLIER_SENT = 8;
const QUOTES_SENT = 12;
const CHARACTERS_SENT = 450;
const ANSWER_SENT = 3000;

/** The first characters of a text, none of them cut in half. */
function shortened(text: string, most = CHARACTERS_SENT): string {
  return [...text].slice(0, most).join("");
}

interface Settings {
  turn: Turn;
  history: string[];
  mayRate: boolean;
  mayLookInside: boolean;
  isWaiting: boolean;
  onAgain: () => void;
  onEdit: () => void;
  onChoose: (choice: Choice) => void;
  onRated: (rated: "up" | "down") => void;
}

/** A question and its answer, and what may be done with it. */
export function TurnView({
  turn,
  history,
  mayRate,
  mayLookInside,
  isWaiting,
  onAgain,
  onEdit,
  onChoose,
  onRated,
}: Settings) {
  const { say } = usePage();
  return (
    <>
      <div className="asked">
        <p className="question">{turn.question}</p>
        {!isWaiting && <Act label={say("edit")} icon={<EditOutlined aria-hidden />} onAct={onEdit} />}
      </div>
      <article className="answer" aria-busy={isWaiting}>
        {turn.answer ? (
          <>
            <AnswerView answer={turn.answer} onChoose={onChoose} />
            <Actions
              answer={turn.answer}
              history={history}
              mayRate={mayRate}
              rated={turn.rated}
              onAgain={onAgain}
              onRated={onRated}
            />
            {mayLookInside && <Why turn={turn} history={history} />}
          </>
        ) : turn.problem ? (
          <>
            <p className="problem">{turn.problem}</p>
            <Act label={say("retry")} icon={<RedoOutlined aria-hidden />} onAct={onAgain} />
          </>
        ) : (
          <p className="status">{turn.partial || say("searching")}</p>
        )}
      </article>
    </>
  );
}

/** Opens, for the administrator, why the answer is what it is. */
function Why({ turn, history }: { turn: Turn; history: string[] }) {
  const { say } = usePage();
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <>
      <Button
        type="link"
        size="small"
        className="why"
        icon={<QuestionCircleOutlined aria-hidden />}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => {
          setIsOpen(true);
          setWasOpened(true);
        }}
      >
        {say("whyThis")}
      </Button>
      {wasOpened && (
        <Suspense fallback={null}>
          <WhyDrawer
            isOpen={isOpen}
            request={requestFor(turn.question, history, turn.within)}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}

interface ActionSettings {
  answer: Answer;
  history: string[];
  mayRate: boolean;
  rated?: "up" | "down";
  onAgain: () => void;
  onRated: (rated: "up" | "down") => void;
}

function Actions({ answer, history, mayRate, rated, onAgain, onRated }: ActionSettings) {
  const { say } = usePage();
  const { message } = App.useApp();
  const [isAsking, setIsAsking] = useState(false);

  const rate = async (rating: "up" | "down", reason: Reason | null = null, comment = "") => {
    try {
      await read(
        api.POST("/api/feedback", {
          body: {
            rating,
            reason,
            comment: comment || null,
            question: answer.question,
            // What the server keeps of a note is bounded; the last questions and the first quotes tell most.
            history: history.slice(-EARLIER_SENT).map((each) => shortened(each)),
            outcome: answer.outcome,
            answer: shortened(answer.text, ANSWER_SENT),
            citations: answer.citations
              .slice(0, QUOTES_SENT)
              .map(({ policy_id, clause_id, locator, quote }) => ({
                policy_id,
                clause_id,
                locator: shortened(locator, 100),
                quote: shortened(quote),
              })),
          },
        }),
      );
      onRated(rating);
      void message.success(say("thanks"));
    } catch (error) {
      void message.error(adviceOn(error, say));
    }
  };
  const copy = async () => {
    await navigator.clipboard.writeText(asMarkdown(answer, say));
    void message.success(say("copied"));
  };

  return (
    <div className="actions">
      <Act label={say("copy")} icon={<CopyOutlined aria-hidden />} onAct={() => void copy()} />
      <Act label={say("retry")} icon={<RedoOutlined aria-hidden />} onAct={onAgain} />
      <Act
        label={say("exportWord")}
        icon={<FileWordOutlined aria-hidden />}
        onAct={() => void saveWord(answer, say)}
      />
      <Act
        label={say("exportMarkdown")}
        icon={<FileMarkdownOutlined aria-hidden />}
        onAct={() => saveMarkdown(answer, say)}
      />
      <Act label={say("print")} icon={<PrinterOutlined aria-hidden />} onAct={() => window.print()} />
      <span className="gap" />
      {mayRate && (
        <>
          <Act
            label={say("helpful")}
            isPressed={rated === "up"}
            icon={rated === "up" ? <LikeFilled aria-hidden /> : <LikeOutlined aria-hidden />}
            onAct={() => void rate("up")}
          />
          <Act
            label={say("unhelpful")}
            isPressed={rated === "down"}
            icon={rated === "down" ? <DislikeFilled aria-hidden /> : <DislikeOutlined aria-hidden />}
            onAct={() => setIsAsking(true)}
          />
        </>
      )}
      {isAsking && (
        <WhyNot
          onClose={() => setIsAsking(false)}
          onSend={(reason, comment) => {
            setIsAsking(false);
            void rate("down", reason, comment);
          }}
        />
      )}
    </div>
  );
}

interface WhySettings {
  onClose: () => void;
  onSend: (reason: Reason, comment: string) => void;
}

function WhyNot({ onClose, onSend }: WhySettings) {
  const { say } = usePage();
  const [reason, setReason] = useState<Reason>("wrong");
  const [comment, setComment] = useState("");
  return (
    <Modal
      open
      title={say("whyUnhelpful")}
      okText={say("submit")}
      cancelText={say("cancel")}
      onCancel={onClose}
      onOk={() => onSend(reason, comment)}
    >
      <Space orientation="vertical" className="wide">
        <Radio.Group
          value={reason}
          onChange={(event) => setReason(event.target.value as Reason)}
          options={REASONS.map(([value, key]) => ({ value, label: say(key) }))}
        />
        <Input.TextArea
          aria-label={say("comment")}
          placeholder={say("comment")}
          maxLength={1000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </Space>
    </Modal>
  );
}

interface ActSettings {
  label: string;
  icon: ReactNode;
  onAct: () => void;
  isPressed?: boolean;
}

function Act({ label, icon, onAct, isPressed }: ActSettings) {
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        size="small"
        icon={icon}
        aria-label={label}
        aria-pressed={isPressed}
        onClick={onAct}
      />
    </Tooltip>
  );
}
