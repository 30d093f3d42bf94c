import type { Browser } from "playwright-core";

/**
 * Prints a page as a PDF: A4, with bookmarks from its headings, tags for screen readers, its language and its title.
 *
 * Links to files beside the page lose their address, as a PDF would have them lead into this machine's folders.
 */
export async function printPdf(browser: Browser, html: string): Promise<Uint8Array> {
  const page = await browser.newPage({ colorScheme: "light" });
  try {
    await page.route("**/*", (route) => route.abort());
    await page.setContent(html.replace(/(<a\b[^>]*?) href="(?!#|https?:|mailto:)[^"]*"/g, "$1"));
    await page.evaluate("document.fonts.ready");
    const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true, printBackground: true });
    return new Uint8Array(pdf);
  } finally {
    await page.close();
  }
}
