import { InboxOutlined } from "@ant-design/icons";
import { Button, Progress, Tag, Upload as Dropping } from "antd";
import { useRef, useState } from "react";
import { api, read } from "../api/client";
import type { Job, Policy, Upload } from "../api/client";
import type { Say } from "../messages";
import { usePage } from "../shell/page";
import { adviceOn } from "../shell/problems";
import { titled } from "../shell/source";
import { upload } from "./access";
import { ClauseTree } from "./ClauseTree";
import { followed } from "./jobs";

/** A file on its way: sent, read, looked at, published. */
interface Arrival {
  id: number;
  name: string;
  state: "sending" | "reading" | "ready" | "publishing" | "published" | "failed";
  share: number;
  found?: Upload;
  job?: Job;
  problem?: string;
}

/** Takes files in, shows what each holds, and publishes it when told to. */
export function Uploads() {
  const { say, reloadPolicies } = usePage();
  const [arrivals, setArrivals] = useState<Arrival[]>([]);
  const nextId = useRef(0);
  const update = (id: number, changed: Partial<Arrival>) =>
    setArrivals((before) => before.map((each) => (each.id === id ? { ...each, ...changed } : each)));
  const forget = (id: number) => setArrivals((before) => before.filter((each) => each.id !== id));

  const receive = async (file: File) => {
    const id = nextId.current++;
    setArrivals((before) => [...before, { id, name: file.name, state: "sending", share: 0 }]);
    try {
      const found = await upload(file, (share) =>
        update(id, { share, state: share < 1 ? "sending" : "reading" }),
      );
      update(id, {
        found,
        state: found.policies.length ? "ready" : "failed",
        problem: found.errors.join("\n"),
      });
    } catch (error) {
      update(id, { state: "failed", problem: adviceOn(error, say) });
    }
  };
  const publish = async (arrival: Arrival) => {
    if (!arrival.found) return;
    update(arrival.id, { state: "publishing" });
    try {
      const path = { upload_id: arrival.found.upload_id };
      const started = await read(api.POST("/api/admin/uploads/{upload_id}/publish", { params: { path } }));
      const job = await followed(started, (step) => update(arrival.id, { job: step }));
      update(arrival.id, { job, state: job.state === "done" ? "published" : "failed", problem: job.error });
      reloadPolicies();
    } catch (error) {
      update(arrival.id, { state: "failed", problem: adviceOn(error, say) });
    }
  };
  const discard = async (arrival: Arrival) => {
    forget(arrival.id);
    if (arrival.found && arrival.state === "ready") {
      await api.DELETE("/api/admin/uploads/{upload_id}", {
        params: { path: { upload_id: arrival.found.upload_id } },
      });
    }
  };
  const ready = arrivals.filter((each) => each.state === "ready");

  return (
    <>
      <Dropping.Dragger
        multiple
        fileList={[]}
        aria-label={say("dropHere")}
        beforeUpload={(file) => {
          void receive(file);
          return Dropping.LIST_IGNORE;
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined aria-hidden />
        </p>
        <p className="ant-upload-text">{say("dropHere")}</p>
        <p className="ant-upload-hint">{say("formats")}</p>
      </Dropping.Dragger>
      {ready.length > 1 && (
        <Button
          type="primary"
          className="publish-all"
          onClick={() => ready.forEach((each) => void publish(each))}
        >
          {say("publishAll")}（{ready.length}）
        </Button>
      )}
      <ul className="arrivals">
        {arrivals.map((arrival) => (
          <li key={arrival.id}>
            <header>
              <strong>{arrival.name}</strong>
              <Stage arrival={arrival} />
              {arrival.state === "ready" && (
                <Button type="primary" size="small" onClick={() => void publish(arrival)}>
                  {say("publish")}
                </Button>
              )}
              {arrival.state !== "publishing" && (
                <Button size="small" onClick={() => void discard(arrival)}>
                  {say(arrival.state === "ready" ? "discard" : "close")}
                </Button>
              )}
            </header>
            {arrival.problem && <p className="problem">{arrival.problem}</p>}
            {arrival.state === "ready" &&
              arrival.found?.policies.map((policy) => <Found key={policy.policy_id} policy={policy} />)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Stage({ arrival }: { arrival: Arrival }) {
  const { say } = usePage();
  if (arrival.state === "sending")
    return <Progress percent={Math.round(arrival.share * 100)} size="small" className="sending" />;
  if (arrival.state === "publishing") return <JobProgress job={arrival.job} />;
  const colour = { reading: "processing", ready: "warning", published: "success", failed: "error" }[
    arrival.state
  ];
  return (
    <Tag color={colour} role="status">
      {nameOf(arrival.state, say)}
    </Tag>
  );
}

function nameOf(state: "reading" | "ready" | "published" | "failed", say: Say): string {
  return say(state === "ready" ? "readyToPublish" : state);
}

/** How far a job is, in its own words. */
export function JobProgress({ job }: { job?: Job }) {
  const { say } = usePage();
  if (!job || job.state === "waiting") return <Tag role="status">{say("waiting")}</Tag>;
  return (
    <span className="job" role="status">
      <Progress
        percent={job.total ? Math.round((job.done / job.total) * 100) : 0}
        size="small"
        className="sending"
      />
      {job.doing}
    </span>
  );
}

function Found({ policy }: { policy: Policy }) {
  const { say } = usePage();
  const [open, setOpen] = useState(false);
  return (
    <div className="found">
      <p>
        {titled(policy.title, policy.document_number)}：
        {say("foundIn", { clauses: policy.clauses.length, facts: policy.facts.length })}
      </p>
      {policy.warnings.map((warning) => (
        <p key={warning} className="warning">
          {warning}
        </p>
      ))}
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say("showTree")}
      </Button>
      {open && <ClauseTree policy={policy} />}
    </div>
  );
}
