import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `npm run dev` shows the source of this folder before a server that `clausewise serve` started.
export default defineConfig({
  base: "./",
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
    // The web client, and the API browser at /docs.
    rolldownOptions: { input: ["index.html", "docs.html"] },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000", "/openapi.json": "http://127.0.0.1:8000" } },
});
