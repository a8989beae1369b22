import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Root } from "./shell/Root";
import "./page.css";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
