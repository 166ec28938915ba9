import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The service serves what is built here; `npm run dev` asks a running `palermo serve --port 8765`.
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: {
    outDir: "../src/palermo/ui/workbench",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the policy allows no data: scripts or fonts
    chunkSizeWarningLimit: 1200, // the map, which loads only where it is shown
    license: { fileName: "LICENSES.md" },
  },
  worker: { format: "es" },
  server: {
    proxy: {
      "/api": {
        target: "http://127.0.0.1:8765",
        headers: { origin: "http://127.0.0.1:8765" },
        changeOrigin: true,
      },
    },
  },
  test: { include: ["src/**/*.test.ts"] },
});
