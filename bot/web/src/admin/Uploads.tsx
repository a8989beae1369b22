import { InboxOutlined } from "@ant-design/icons";
import { Button, Progress, Tag, Upload as Dropping } from "antd";
import { useState } from "react";
import type { Job, Policy } from "../api/client";
import type { Say } from "../messages";
import { usePage } from "../shell/page";
import { titled } from "../shell/source";
import { Told } from "../shell/Told";
import type { Arrival, Arrivals } from "./arrivals";
import { ClauseTree } from "./ClauseTree";

/** Takes files in, shows what each holds, and publishes it when told to. */
export function Uploads({ arrivals }: { arrivals: Arrivals }) {
  const { say } = usePage();
  const { all, receive, publish, discard } = arrivals;
  const ready = all.filter((each) => each.state === "ready");

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
          {say("publishAll", { count: ready.length })}
        </Button>
      )}
      <ul className="arrivals">
        {all.map((arrival) => (
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
            {arrival.replaces && (
              <p className="warning">{say("replaces", { title: arrival.replaces.title })}</p>
            )}
            {arrival.problems?.map((problem) => (
              <p key={problem} className="problem">
                <Told>{problem}</Told>
              </p>
            ))}
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

/** How far a job is. */
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
      {job.total > 0 && `${say("counted", { done: job.done, total: job.total })} `}
      <Told>{job.doing}</Told>
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
          <Told>{warning}</Told>
        </p>
      ))}
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say("showTree")}
      </Button>
      {open && <ClauseTree policy={policy} />}
    </div>
  );
}
