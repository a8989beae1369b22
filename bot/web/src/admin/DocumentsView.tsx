import { Alert, App, Button, Input, Spin, Tabs } from "antd";
import { useCallback, useState } from "react";
import { api, read } from "../api/client";
import { useLoaded } from "../shell/loaded";
import { usePage } from "../shell/page";
import { setToken, token } from "./access";
import { useArrivals } from "./arrivals";
import { OpenQuestions } from "./OpenQuestions";
import { Published } from "./Published";
import { Uploads } from "./Uploads";

/** The documents, for whoever the server takes for the administrator. */
export default function DocumentsView() {
  const { say } = usePage();
  const arrivals = useArrivals();
  const session = useLoaded(useCallback(() => read(api.GET("/api/admin/session", {})), []));
  if (!session.value && !session.problem) return <Spin className="loading" />;
  return (
    <section className="facts">
      <h2>{say("manage")}</h2>
      {session.value && !session.problem ? (
        <>
          <Tabs
            items={[
              {
                key: "documents",
                label: say("published_documents"),
                children: (
                  <>
                    <Uploads arrivals={arrivals} />
                    <Published onReplace={(policy, file) => void arrivals.receive(file, policy)} />
                  </>
                ),
              },
              { key: "questions", label: say("openQuestions"), children: <OpenQuestions /> },
            ]}
          />
          {token() && (
            <Button
              onClick={() => {
                setToken("");
                session.reload();
              }}
            >
              {say("signOut")}
            </Button>
          )}
        </>
      ) : (
        <SignIn onSignIn={session.reload} />
      )}
    </section>
  );
}

function SignIn({ onSignIn }: { onSignIn: () => void }) {
  const { say } = usePage();
  const { message } = App.useApp();
  const [typed, setTyped] = useState("");
  const signIn = async () => {
    setToken(typed.trim());
    const { response } = await api.GET("/api/admin/session", {});
    if (response.ok) return onSignIn();
    setToken("");
    void message.error(say(response.status === 429 ? "tooMany" : "wrongToken"));
  };
  return (
    <form
      className="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <Alert type="info" showIcon title={say("adminRefused")} />
      <Input.Password
        aria-label={say("token")}
        placeholder={say("token")}
        autoComplete="current-password"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={!typed.trim()}>
        {say("signIn")}
      </Button>
    </form>
  );
}
