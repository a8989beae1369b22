// The administrator's token: kept while the tab is open, sent with every request of this part of the page.

import type { Middleware } from "openapi-fetch";
import { useEffect, useState, useSyncExternalStore } from "react";
import { api, base, problemFrom, ProblemError } from "../api/client";
import type { Upload } from "../api/client";

const KEPT_AS = "clausewise.token";
const listening = new Set<() => void>();

export function token(): string {
  return sessionStorage.getItem(KEPT_AS) ?? "";
}

export function setToken(value: string): void {
  if (value) sessionStorage.setItem(KEPT_AS, value);
  else sessionStorage.removeItem(KEPT_AS);
  for (const changed of listening) changed();
}

function onToken(changed: () => void): () => void {
  listening.add(changed);
  return () => listening.delete(changed);
}

/** Whether the server takes this page for the administrator's; asked again when the token changes. */
export function useIsAdministrator(): boolean {
  const given = useSyncExternalStore(onToken, token);
  const [isAdministrator, setIsAdministrator] = useState(false);
  useEffect(() => {
    let isLatest = true;
    setIsAdministrator(false);
    api.GET("/api/session", {}).then(
      ({ data }) => isLatest && setIsAdministrator(data?.administrator ?? false),
      // Whoever cannot reach the server is nobody to it.
      () => undefined,
    );
    return () => {
      isLatest = false;
    };
  }, [given]);
  return isAdministrator;
}

function authorization(): Record<string, string> {
  return token() ? { Authorization: `Bearer ${token()}` } : {};
}

const withToken: Middleware = {
  onRequest({ request, schemaPath }) {
    if (schemaPath.startsWith("/api/admin/") || schemaPath === "/api/session") {
      for (const [name, value] of Object.entries(authorization())) request.headers.set(name, value);
    }
    return request;
  },
};
api.use(withToken);

/** Sends a file; `onSent` is told the share that has left the browser, from 0 to 1. */
export function upload(file: File, onSent: (share: number) => void): Promise<Upload> {
  // fetch cannot tell how much of a body has been sent.
  const request = new XMLHttpRequest();
  request.open("PUT", `${base()}/api/admin/uploads/${encodeURIComponent(file.name)}`);
  for (const [name, value] of Object.entries(authorization())) request.setRequestHeader(name, value);
  request.responseType = "json";
  request.upload.onprogress = (event) => onSent(event.total ? event.loaded / event.total : 0);
  return new Promise((resolve, reject) => {
    request.onload = () => {
      if (request.status === 200) resolve(request.response as Upload);
      else reject(new ProblemError(problemFrom(request.response, request.status)));
    };
    request.onerror = () => reject(new TypeError("the server cannot be reached"));
    request.send(file);
  });
}

/** The open questions as a file of JSON lines. */
export async function questionsAsLines(): Promise<Blob> {
  const response = await fetch(`${base()}/api/admin/questions.jsonl`, { headers: authorization() });
  if (!response.ok)
    throw new ProblemError(problemFrom(await response.json().catch(() => null), response.status));
  return response.blob();
}
