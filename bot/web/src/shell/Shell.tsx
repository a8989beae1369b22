import {
  BankOutlined,
  FolderOpenOutlined,
  GlobalOutlined,
  MessageOutlined,
  MoneyCollectOutlined,
  MoonOutlined,
  SunOutlined,
} from "@ant-design/icons";
import { Button, Spin } from "antd";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import type { MouseEvent, ReactNode } from "react";
import { api, read } from "../api/client";
import type { PolicyLine } from "../api/client";
import { ChatView } from "../chat/ChatView";
import type { Language, Say } from "../messages";
import { PageContext } from "./page";
import type { Opened, Page } from "./page";
import { usePlace, VIEWS } from "./place";
import type { View } from "./place";
import { adviceOn } from "./problems";

const DocumentPanel = lazy(() => import("../document/DocumentPanel"));
const UnitView = lazy(() => import("../facts/UnitView"));
const MoneyView = lazy(() => import("../facts/MoneyView"));
const DocumentsView = lazy(() => import("../admin/DocumentsView"));

const SIGNS: Record<View, ReactNode> = {
  chat: <MessageOutlined aria-hidden />,
  unit: <BankOutlined aria-hidden />,
  money: <MoneyCollectOutlined aria-hidden />,
  documents: <FolderOpenOutlined aria-hidden />,
};

interface Settings {
  language: Language;
  say: Say;
  dark: boolean;
  onLanguage: () => void;
  onDark: (wanted: boolean) => void;
}

// The address after # names the view, so the link moves the focus itself and leaves the address as it is.
function skipToMain(event: MouseEvent) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** The frame: the four views, and the open document beside them. */
export function Shell({ language, say, dark, onLanguage, onDark }: Settings) {
  const [place, go] = usePlace();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [policies, setPolicies] = useState<PolicyLine[]>([]);
  const [library, setLibrary] = useState<Page["library"]>({ isLoaded: false, problem: "" });

  const reloadPolicies = useCallback(() => {
    read(api.GET("/api/policies", {})).then(
      (found) => {
        setPolicies(found.policies);
        setLibrary({ isLoaded: true, problem: "" });
      },
      (error: unknown) => {
        setPolicies([]);
        setLibrary({ isLoaded: true, problem: adviceOn(error, say) });
      },
    );
  }, [say]);
  useEffect(reloadPolicies, [reloadPolicies]);

  // A document belongs to the view that it was opened from.
  useEffect(() => setOpened(null), [place.view]);

  const page = useMemo<Page>(
    () => ({ language, say, policies, library, reloadPolicies, open: setOpened }),
    [language, say, policies, library, reloadPolicies],
  );

  return (
    <PageContext value={page}>
      <a className="skip" href="#main" onClick={skipToMain}>
        {say("skip")}
      </a>
      <header className="top">
        <h1>
          Clausewise <span>{say("subtitle")}</span>
        </h1>
        <nav aria-label={say("menu")}>
          {VIEWS.map((view) => (
            <Button
              key={view}
              type={place.view === view ? "primary" : "text"}
              icon={SIGNS[view]}
              aria-current={place.view === view ? "page" : undefined}
              onClick={() => go(view)}
            >
              <span className="label">{say(view)}</span>
            </Button>
          ))}
        </nav>
        <div className="settings">
          <Button
            type="text"
            icon={<GlobalOutlined aria-hidden />}
            onClick={onLanguage}
            lang={language === "zh" ? "en" : "zh"}
          >
            <span className="label">{say("language")}</span>
          </Button>
          <Button
            type="text"
            icon={dark ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
            aria-label={say("theme")}
            aria-pressed={dark}
            onClick={() => onDark(!dark)}
          />
        </div>
      </header>
      <div className={`stage ${opened ? "reading" : ""}`}>
        <main id="main" tabIndex={-1}>
          {/* The conversation goes on while another view is looked at. */}
          <div className="view" hidden={place.view !== "chat"}>
            <ChatView />
          </div>
          <Suspense fallback={<Spin className="loading" />}>
            {place.view === "unit" && <UnitView />}
            {place.view === "money" && <MoneyView />}
            {place.view === "documents" && <DocumentsView />}
          </Suspense>
        </main>
        {opened && (
          <Suspense fallback={<Spin className="loading" />}>
            <DocumentPanel opened={opened} onClose={() => setOpened(null)} />
          </Suspense>
        )}
      </div>
    </PageContext>
  );
}
