// Files on their way to the documents: sent, read, looked at, published.

import { useRef, useState } from "react";
import { api, read } from "../api/client";
import type { Job, PolicyLine, Upload } from "../api/client";
import { usePage } from "../shell/page";
import { adviceOn } from "../shell/problems";
import { upload } from "./access";
import { errorsOf, followed } from "./jobs";

export interface Arrival {
  id: number;
  name: string;
  state: "sending" | "reading" | "ready" | "publishing" | "published" | "failed";
  share: number;
  /** The document that goes when this file is published. */
  replaces?: PolicyLine;
  found?: Upload;
  job?: Job;
  problems?: string[];
}

export interface Arrivals {
  all: Arrival[];
  receive: (file: File, replaces?: PolicyLine) => Promise<void>;
  publish: (arrival: Arrival) => Promise<void>;
  discard: (arrival: Arrival) => Promise<void>;
}

/** The files of this visit, newest last, and what may be done with each. */
export function useArrivals(): Arrivals {
  const { say, reloadPolicies } = usePage();
  const [all, setAll] = useState<Arrival[]>([]);
  const nextId = useRef(0);
  const update = (id: number, changed: Partial<Arrival>) =>
    setAll((before) => before.map((each) => (each.id === id ? { ...each, ...changed } : each)));

  const receive = async (file: File, replaces?: PolicyLine) => {
    const id = nextId.current++;
    setAll((before) => [...before, { id, name: file.name, state: "sending", share: 0, replaces }]);
    try {
      const found = await upload(file, (share) =>
        update(id, { share, state: share < 1 ? "sending" : "reading" }),
      );
      update(id, {
        found,
        state: found.policies.length ? "ready" : "failed",
        problems: found.errors,
      });
    } catch (error) {
      update(id, { state: "failed", problems: [adviceOn(error, say)] });
    }
  };
  const publish = async (arrival: Arrival) => {
    if (!arrival.found) return;
    update(arrival.id, { state: "publishing" });
    try {
      const params = {
        path: { upload_id: arrival.found.upload_id },
        query: { replaces: arrival.replaces?.policy_id },
      };
      const started = await read(api.POST("/api/admin/uploads/{upload_id}/publish", { params }));
      const job = await followed(started, (step) => update(arrival.id, { job: step }));
      const state = job.state === "done" ? "published" : "failed";
      update(arrival.id, { job, state, problems: errorsOf(job) });
      reloadPolicies();
    } catch (error) {
      update(arrival.id, { state: "failed", problems: [adviceOn(error, say)] });
    }
  };
  const discard = async (arrival: Arrival) => {
    setAll((before) => before.filter((each) => each.id !== arrival.id));
    if (arrival.found && arrival.state === "ready") {
      await api.DELETE("/api/admin/uploads/{name}", {
        params: { path: { name: arrival.found.upload_id } },
      });
    }
  };
  return { all, receive, publish, discard };
}
