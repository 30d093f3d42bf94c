// Runs in the deck. Shows each slide that is higher or wider than the room for it smaller, then starts reveal.js.
(async () => {
  const WIDTH = 1100, HEIGHT = 700, EDGE = 24;
  await document.fonts.ready;
  const room = document.createElement("div");
  room.className = "reveal measure";
  room.innerHTML = '<div class="slides"><section></section></div>';
  document.body.append(room);
  const place = room.querySelector("section");
  for (const content of document.querySelectorAll("main .fit")) {
    const home = content.parentElement, after = content.nextSibling;
    place.append(content);
    let scale = 1;
    const full = () =>
      content.getBoundingClientRect().height > HEIGHT - 2 * EDGE || content.scrollWidth > content.clientWidth + 1;
    while (full() && scale > 0.3) {
      scale -= 0.04;
      content.style.zoom = scale;
    }
    home.insertBefore(content, after);
  }
  room.remove();
  await Reveal.initialize({
    plugins: [RevealNotes],
    width: WIDTH,
    height: HEIGHT,
    margin: 0.02,
    center: false,
    hash: true,
    slideNumber: "c/t",
    transition: "none",
    backgroundTransition: "none",
    pdfMaxPagesPerSlide: 1,
    pdfSeparateFragments: false,
  });
  document.documentElement.dataset.ready = "yes";
})();
