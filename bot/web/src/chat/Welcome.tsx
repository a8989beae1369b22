import { Alert, Button, Collapse } from "antd";
import { useEffect, useState } from "react";
import { api, read } from "../api/client";
import type { Key } from "../messages";
import { usePage } from "../shell/page";
import { usePlace } from "../shell/place";
import { titled } from "../shell/source";
import { ValidityTag } from "../shell/ValidityTag";

const WAYS = [
  ["unit", "wayUnit"],
  ["money", "wayMoney"],
] as const satisfies readonly (readonly ["unit" | "money", Key])[];

/** What the page is for, questions that the documents at hand answer, and those documents. */
export function Welcome({ onAsk }: { onAsk: (question: string) => void }) {
  const { say, policies, library, open, reloadPolicies } = usePage();
  const [, go] = usePlace();
  const [examples, setExamples] = useState<string[]>([]);

  useEffect(() => {
    if (!policies.length) return;
    // Without documents there is nothing to suggest; the list below says so.
    read(api.GET("/api/examples", {})).then(
      (found) => setExamples(found.examples),
      () => setExamples([]),
    );
  }, [policies]);

  return (
    <section className="welcome">
      <h2>{say("welcome")}</h2>
      <p>{say("promise")}</p>
      {examples.length > 0 && (
        <>
          <h3>{say("examples")}</h3>
          <ul className="examples">
            {examples.map((example) => (
              <li key={example}>
                <Button onClick={() => onAsk(example)}>{example}</Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <ul className="ways">
        {WAYS.map(([view, key]) => (
          <li key={view}>
            <button type="button" onClick={() => go(view)}>
              <strong>{say(view)}</strong>
              <span>{say(key)}</span>
            </button>
          </li>
        ))}
      </ul>
      {library.isLoaded && policies.length === 0 && (
        <Alert
          type="warning"
          showIcon
          title={library.problem || say("noDocuments")}
          action={
            <Button size="small" onClick={reloadPolicies}>
              {say("lookAgain")}
            </Button>
          }
        />
      )}
      {policies.length > 0 && (
        <Collapse
          ghost
          defaultActiveKey={policies.length <= 12 ? ["library"] : []}
          items={[
            {
              key: "library",
              label: say("library", { count: policies.length }),
              children: (
                <ul className="library" aria-label={say("libraryTitle")}>
                  {policies.map((policy) => (
                    <li key={policy.policy_id}>
                      <button
                        type="button"
                        className="policy"
                        onClick={() => open({ policyId: policy.policy_id })}
                      >
                        {titled(policy.title, policy.document_number)}
                      </button>
                      {policy.region && <span className="locator">{policy.region}</span>}
                      <ValidityTag validity={policy.validity} expiresOn={policy.expires_on} />
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}
