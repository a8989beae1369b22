import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `npm run dev` shows the source of this folder before a server that `clausewise serve` started.
export default defineConfig({
  base: "./",
  plugins: [react()],
  build: { outDir: "dist", emptyOutDir: true, chunkSizeWarningLimit: 1500, modulePreload: { polyfill: false } },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});
