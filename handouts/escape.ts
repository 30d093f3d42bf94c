/** Text as it stands between tags or inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** Text as it stands between tags, where a quotation mark means nothing. */
export function escapeText(text: string): string {
  return text.replace(/[&<]/g, (letter) => letter === "&" ? "&amp;" : "&lt;");
}
