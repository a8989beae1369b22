import { api, read } from "../api/client";
import type { Job } from "../api/client";

const LOOK_AGAIN_MS = 400;

/** Follows a job until it has ended; `onStep` is told how far it is. */
export async function followed(job: Job, onStep: (job: Job) => void): Promise<Job> {
  let latest = job;
  while (latest.state === "waiting" || latest.state === "running") {
    onStep(latest);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    latest = await read(api.GET("/api/admin/jobs/{job_id}", { params: { path: { job_id: job.job_id } } }));
  }
  return latest;
}

/** What went wrong in a job, file by file. */
export function errorsOf(job: Job): string[] {
  const errors = job.reports.map(({ error }) => error).filter(Boolean);
  return errors.length || !job.error ? errors : [job.error];
}
