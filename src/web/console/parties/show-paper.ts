/** Opens what the server sent in a tab of its own; the address of it ends with the page. */
export function showPaper({ blob }: { readonly blob: Blob }): void {
  const address = URL.createObjectURL(blob)
  window.open(address, "_blank", "noopener")
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
