/** The thread that makes one PDF. It reads its font and nothing else, and fetches nothing. */

import { createRequire } from "node:module"
import { parentPort, workerData } from "node:worker_threads"
import pdfmake from "pdfmake"
import { z } from "zod"
import type { FromPdfWorker, PdfDocument } from "./pdf.ts"

const require = createRequire(import.meta.url)
const fonts = ["400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf"].map((file) =>
  require.resolve(`@expo-google-fonts/noto-sans-sc/${file}`),
)

// Made by makePdf with this very type.
const document = z.custom<PdfDocument>().parse(workerData)

async function made(): Promise<FromPdfWorker> {
  const [normal = "", bold = ""] = fonts
  pdfmake.setFonts({ NotoSansSC: { normal, bold } })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => fonts.includes(path))
  const { foot = "", title, password, ...definition } = document
  try {
    const pdf = pdfmake.createPdf({
      pageSize: "A4",
      pageMargins: [54, 54, 54, 60],
      ...definition,
      info: { title },
      ...(password === undefined ? {} : { userPassword: password, version: "1.7ext3", permissions: {} }),
      defaultStyle: { font: "NotoSansSC", fontSize: 10.5, lineHeight: 1.35 },
      footer: (page: number, pages: number) => ({
        text: `${foot}    ${page} / ${pages}`,
        alignment: "center",
        fontSize: 8,
        color: "#666666",
        margin: [54, 12, 54, 0],
      }),
    })
    return { bytes: new Uint8Array(await pdf.getBuffer()) }
  } catch (error) {
    return { broken: error instanceof Error ? error.name : typeof error }
  }
}

parentPort?.postMessage(await made())
