import { Alert, App, Button, Popconfirm, Space, Table, Upload as Choosing } from "antd";
import { useState } from "react";
import { api, read } from "../api/client";
import type { Job, PolicyLine } from "../api/client";
import { usePage } from "../shell/page";
import { adviceOn } from "../shell/problems";
import { told } from "../shell/told";
import { ValidityTag } from "../shell/ValidityTag";
import { errorsOf, followed } from "./jobs";
import { JobProgress } from "./Uploads";

interface Settings {
  /** A file that is to stand in place of a document, to be looked at first. */
  onReplace: (policy: PolicyLine, file: File) => void;
}

/** The documents that answers stand on: open, replace, remove, read again. */
export function Published({ onReplace }: Settings) {
  const { say, language, policies, open, reloadPolicies } = usePage();
  const { message } = App.useApp();
  const [job, setJob] = useState<Job | null>(null);

  const work = async (start: () => Promise<Job>, success: string) => {
    try {
      const ended = await followed(await start(), setJob);
      if (ended.state === "done") void message.success(success);
      else void message.error(errorsOf(ended).map((error) => told(error, language)).join("\n"));
    } catch (error) {
      void message.error(adviceOn(error, say));
    } finally {
      setJob(null);
      reloadPolicies();
    }
  };
  const remove = (policy: PolicyLine) =>
    work(
      () =>
        read(
          api.DELETE("/api/admin/policies/{policy_id}", {
            params: { path: { policy_id: policy.policy_id } },
          }),
        ),
      say("removed"),
    );
  const reindex = () => work(() => read(api.POST("/api/admin/reindex", {})), say("done"));

  return (
    <>
      <div className="filters">
        <h3>{say("library", { count: policies.length })}</h3>
        <span className="count">{job && <JobProgress job={job} />}</span>
        <Popconfirm
          title={say("reindexConfirm")}
          okText={say("reindex")}
          cancelText={say("cancel")}
          onConfirm={() => void reindex()}
        >
          <Button disabled={job !== null || !policies.length}>{say("reindex")}</Button>
        </Popconfirm>
      </div>
      {!policies.length && <Alert type="info" showIcon title={say("noDocuments")} />}
      <Table<PolicyLine>
        size="small"
        rowKey="policy_id"
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        scroll={{ x: 1000 }}
        dataSource={policies}
        columns={[
          {
            title: say("title"),
            render: (_, policy) => (
              <button type="button" className="policy" onClick={() => open({ policyId: policy.policy_id })}>
                {policy.title}
              </button>
            ),
          },
          { title: say("number"), dataIndex: "document_number", width: 170 },
          { title: say("region"), dataIndex: "region", width: 110 },
          { title: say("clauses"), dataIndex: "clause_count", width: 80 },
          { title: say("facts"), dataIndex: "fact_count", width: 80 },
          {
            title: say("validity"),
            width: 190,
            render: (_, policy) => <ValidityTag validity={policy.validity} expiresOn={policy.expires_on} />,
          },
          {
            title: say("actions"),
            width: 160,
            render: (_, policy) => (
              <Space>
                <Choosing
                  showUploadList={false}
                  beforeUpload={(file) => {
                    onReplace(policy, file);
                    return Choosing.LIST_IGNORE;
                  }}
                >
                  <Button
                    size="small"
                    disabled={job !== null}
                    aria-label={say("replacing", { title: policy.title })}
                  >
                    {say("replace")}
                  </Button>
                </Choosing>
                <Popconfirm
                  title={say("removeConfirm")}
                  okText={say("remove")}
                  cancelText={say("cancel")}
                  onConfirm={() => void remove(policy)}
                >
                  <Button
                    size="small"
                    danger
                    disabled={job !== null}
                    aria-label={`${say("remove")}《${policy.title}》`}
                  >
                    {say("remove")}
                  </Button>
                </Popconfirm>
              </Space>
            ),
          },
        ]}
      />
    </>
  );
}
