import { resolve } from "node:path"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

export default defineConfig({
  root: "src/web",
  base: "/",
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, "dist/web"),
    emptyOutDir: true,
    target: "es2022",
    // An inlined asset would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    // The preload polyfill is an inline script, which the policy forbids.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1400,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Evaluated first: see strict-policy.ts.
            {
              name: "strict-policy",
              test: /node_modules[\\/]zod[\\/]|src[\\/]web[\\/]strict-policy/,
              priority: 2,
            },
            {
              name: "framework",
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next)[\\/]/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:7080" } },
})
