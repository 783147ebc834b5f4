/** What we use of pdfmake 0.3.11, which brings no types. */
declare module "pdfmake" {
  interface Fonts {
    readonly [family: string]: { readonly normal: string; readonly bold: string }
  }
  interface Output {
    getBuffer(): Promise<Uint8Array>
  }
  interface PdfMake {
    setFonts(fonts: Fonts): void
    setUrlAccessPolicy(allows: (url: string) => boolean): void
    setLocalAccessPolicy(allows: (path: string) => boolean): void
    createPdf(document: object): Output
  }
  const pdfmake: PdfMake
  export default pdfmake
}
