import { App as Antd, ConfigProvider, theme as themes } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect, useMemo, useState } from "react";
import { sayIn } from "../messages";
import type { Language } from "../messages";
import { Shell } from "./Shell";
import { useStored } from "./stored";

// The accent on dark grounds; the primary colour is darker, since buttons print white on it.
const LIGHT_BLUE = "#7ab8e6";
const DARK = window.matchMedia("(prefers-color-scheme: dark)");

/** Language, colours and the library's settings around the whole page. */
export function Root() {
  const [language, setLanguage] = useStored<Language>("language", "zh");
  const [chosen, setChosen] = useStored<"dark" | "light" | null>("theme", null);
  const [systemDark, setSystemDark] = useState(DARK.matches);
  const dark = chosen === null ? systemDark : chosen === "dark";
  const say = useMemo(() => sayIn(language), [language]);

  useEffect(() => {
    const changed = (event: MediaQueryListEvent) => setSystemDark(event.matches);
    DARK.addEventListener("change", changed);
    return () => DARK.removeEventListener("change", changed);
  }, []);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = say("pageTitle");
  }, [dark, language, say]);

  return (
    <ConfigProvider
      locale={language === "zh" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        components: dark
          ? { Tabs: { itemSelectedColor: LIGHT_BLUE, itemHoverColor: LIGHT_BLUE, inkBarColor: LIGHT_BLUE } }
          : {},
        algorithm: dark ? themes.darkAlgorithm : themes.defaultAlgorithm,
        token: {
          colorPrimary: dark ? "#34719f" : "#1f5f8b",
          colorLink: dark ? LIGHT_BLUE : "#1f5f8b",
          // The defaults of the library are too light on their grounds to be read well (WCAG 2.2, 1.4.3).
          colorSuccess: dark ? "#7bc95a" : "#2a6e0c",
          colorError: dark ? "#ff8f8c" : "#b3191f",
          colorWarning: dark ? "#e8b14a" : "#8a5200",
          ...(dark ? {} : { colorSuccessBg: "#eef8e8", colorErrorBg: "#fff1f0", colorWarningBg: "#fff7e6" }),
          colorTextPlaceholder: dark ? "#9aa3ab" : "#667079",
          colorTextDescription: dark ? "#a9b2ba" : "#59636b",
          colorTextTertiary: dark ? "#a9b2ba" : "#59636b",
          borderRadius: 8,
        },
      }}
    >
      <Antd className="page">
        <Shell
          language={language}
          say={say}
          dark={dark}
          onLanguage={() => setLanguage(language === "zh" ? "en" : "zh")}
          onDark={(wanted) => setChosen(wanted ? "dark" : "light")}
        />
      </Antd>
    </ConfigProvider>
  );
}
