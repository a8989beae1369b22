import { Button, Collapse } from "antd";
import { useEffect, useState } from "react";
import { api, read } from "../api/client";
import { usePage } from "../shell/page";
import { titled } from "../shell/source";
import { ValidityTag } from "../shell/ValidityTag";

/** What the page is for, questions that the documents at hand answer, and those documents. */
export function Welcome({ onAsk }: { onAsk: (question: string) => void }) {
  const { say, policies, open } = usePage();
  const [examples, setExamples] = useState<string[]>([]);

  useEffect(() => {
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
      {policies.length === 0 ? (
        <p className="problem">{say("noDocuments")}</p>
      ) : (
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
