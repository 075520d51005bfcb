"use strict";
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const state = JSON.parse($("#state").textContent);
  const passages = new Map(state.passages.map((passage) => [passage.id, passage]));
  const cards = $$(".passage");
  const key = `expander:${state.base}`;
  const now = () => new Date().toISOString();
  let exported = true;

  // The browser's memory: may be off (private windows, some file: pages); then decisions live until the page is closed.
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* kept in the page alone */ } };
  const recall = (name) => { try { return localStorage.getItem(name); } catch { return null; } };

  function decisions() {
    return {
      kind: "expander-decisions", schema: state.schema, base: state.base, article: state.title,
      decisions: state.passages.filter((passage) => passage.decided_at).map(
        ({ id, choice, decided_at, of, wikitext, reason }) => ({ id, choice, decided_at, of, wikitext, reason })),
      checklist: Object.entries(state.checklist).map(([item, ticked_at]) => ({ item, ticked_at })),
    };
  }

  /** Takes decisions over, the later one on a passage wins; says how many could not be. */
  function merge(file) {
    if (file?.kind !== "expander-decisions" || file.schema !== state.schema || !Array.isArray(file.decisions)) {
      throw new Error("This is no file of decisions.");
    }
    if (file.base !== state.base) throw new Error("These decisions are about another revision of the article.");
    let left = 0;
    for (const taken of file.decisions) {
      const passage = passages.get(taken.id);
      const known = ["undecided", "accepted", "edited", "rejected"].includes(taken.choice);
      if (!passage || passage.of !== taken.of || !known) { left += 1; continue; }
      if (passage.decided_at && new Date(passage.decided_at) >= new Date(taken.decided_at)) continue;
      const text = typeof taken.wikitext === "string" ? taken.wikitext : null;
      Object.assign(passage, { choice: taken.choice, wikitext: text, reason: String(taken.reason ?? ""), decided_at: String(taken.decided_at) });
    }
    for (const { item, ticked_at } of file.checklist ?? []) state.checklist[item] = ticked_at;
    return left;
  }

  function say(text) {
    const message = $("#message");
    message.textContent = text;
    message.hidden = false;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { message.hidden = true; }, 6000);
  }

  function decide(id, choice, { wikitext = null, reason = "" } = {}) {
    const passage = passages.get(id);
    if (choice === "edited" && wikitext === passage.machine) { choice = "accepted"; wikitext = null; }
    Object.assign(passage, { choice, wikitext, reason, decided_at: now() });
    exported = false;
    keep();
    show(id);
  }

  function keep() {
    remember(key, JSON.stringify(decisions()));
    progress();
  }

  function show(id) {
    const card = document.getElementById(`p-${id}`);
    const { choice, wikitext, machine, reason } = passages.get(id);
    card.dataset.choice = choice;
    const chip = $("[data-state]", card);
    chip.textContent = choice;
    chip.className = `chip choice ${choice}`;
    $("[data-reason]", card).textContent = choice === "rejected" && reason ? `Reason: ${reason}` : "";
    $("[data-do=undecided]", card).hidden = choice === "undecided";
    for (const [name, pressed] of [["accepted", "accepted"], ["edit", "edited"], ["reject", "rejected"]]) {
      $(`[data-do=${name}]`, card).setAttribute("aria-pressed", String(choice === pressed));
    }
    $("textarea", card).value = wikitext ?? machine ?? "";
    const shown = $("[data-wikitext]", card);
    const text = choice === "edited" ? wikitext : machine;
    if (shown && shown.textContent !== text) shown.textContent = text; // loses the colours, keeps the truth
  }

  function progress() {
    const tally = { undecided: 0, accepted: 0, edited: 0, rejected: 0 };
    for (const { choice } of state.passages) tally[choice] += 1;
    const decided = state.passages.length - tally.undecided;
    $("#progress").textContent = `${decided} of ${state.passages.length} decided`;
    $("#progress").title = `${tally.accepted} accepted, ${tally.edited} edited, ${tally.rejected} rejected`;
    $("#progress-bar").value = decided;
  }

  function open(card, part) {
    for (const [name, button] of [["editor", "edit"], ["rejection", "reject"]]) {
      $(`[data-${name}]`, card).hidden = name !== part;
      $(`[data-do=${button}]`, card).setAttribute("aria-expanded", String(name === part));
    }
    if (part) $("textarea, input", $(`[data-${part}]`, card)).focus();
  }

  function act(card, action) {
    const { id } = card.dataset;
    const passage = passages.get(id);
    if (action === "edit" || action === "reject") {
      const part = action === "edit" ? "editor" : "rejection";
      return open(card, $(`[data-${part}]`, card).hidden ? part : "");
    }
    if (action === "accepted" && passage.machine === null) return say(`${id} has no translation; edit or reject it.`);
    if (action === "save") {
      const text = $("textarea", card).value.replace(/^\n+|\n+$/g, "");
      if (!text.trim()) return say("The text is empty; reject the passage to leave it out.");
      decide(id, "edited", { wikitext: text });
    } else if (action === "rejected") {
      decide(id, "rejected", { reason: $("[data-rejection] input", card).value.trim() });
    } else if (action !== "cancel") {
      decide(id, action);
    }
    open(card, "");
    card.focus({ preventScroll: true });
    if (action !== "cancel") say(`${id}: ${passages.get(id).choice}`);
  }

  const controls = { section: $("#filter-section"), source: $("#filter-source"), findings: $("#filter-finding"), choice: $("#filter-choice") };

  function filter() {
    const wanted = $("#filter-text").value.trim().toLocaleLowerCase();
    let count = 0;
    for (const card of cards) {
      const fits = Object.entries(controls).every(([name, { value, selectedIndex }]) =>
        selectedIndex === 0 || (name === "findings" ? card.dataset.findings.split(" ").includes(value) : card.dataset[name] === value));
      card.hidden = !(fits && (!wanted || card.textContent.toLocaleLowerCase().includes(wanted)));
      count += !card.hidden;
    }
    for (const group of $$(".group")) group.hidden = !$(".passage:not([hidden])", group);
    $("#nothing").hidden = count > 0;
    $("#shown").textContent = count === cards.length ? `All ${count} passages` : `${count} of ${cards.length} passages`;
  }

  function move(step, fits = () => true) {
    const visible = cards.filter((card) => !card.hidden && fits(card));
    const here = document.activeElement?.closest(".passage");
    const after = (card) => here && here.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING;
    const before = (card) => here && here.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_PRECEDING;
    const next = !here ? visible[0] : step > 0 ? visible.find(after) : visible.findLast(before);
    if (!next) return say(step > 0 ? "This is the last passage." : "This is the first passage.");
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }

  function keys(event) {
    const inText = event.target.closest("input, textarea, select");
    const card = event.target.closest(".passage");
    if (event.key === "Escape" && card && inText) return act(card, "cancel");
    if (event.key === "Enter" && card && inText?.matches("textarea") && (event.ctrlKey || event.metaKey)) return act(card, "save");
    if (event.key === "Enter" && card && inText?.matches("[data-rejection] input")) { event.preventDefault(); return act(card, "rejected"); }
    if (inText || event.ctrlKey || event.metaKey || event.altKey || !$("#keys-on").checked || $("#help").open) return undefined;
    const doing = { a: "accepted", e: "edit", r: "reject", u: "undecided" }[event.key];
    if (doing && card) { event.preventDefault(); return act(card, doing); }
    const going = {
      j: () => move(1), k: () => move(-1), n: () => move(1, (other) => other.dataset.choice === "undecided"),
      "/": () => $("#filter-text").focus(), "?": () => $("#help").showModal(),
    }[event.key];
    if (going) { event.preventDefault(); going(); }
    return undefined;
  }

  function save() {
    const blob = new Blob([`${JSON.stringify(decisions(), null, 1)}\n`], { type: "application/json" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: "decisions.json" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    exported = true;
    say("Exported to decisions.json: expander apply FOLDER --decisions decisions.json");
  }

  async function load(event) {
    const [file] = event.target.files;
    try {
      const left = merge(JSON.parse(await file.text()));
      refresh();
      keep();
      say(left ? `Imported; ${left} decisions are about passages that this report does not have.` : "Imported.");
    } catch (error) {
      say(error instanceof SyntaxError ? "This is no file of decisions." : error.message);
    }
    event.target.value = "";
  }

  function theme(value) {
    if (value) document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
    $("#theme").value = value;
  }

  function refresh() {
    for (const { id } of state.passages) show(id);
    for (const box of $$("[data-tick]")) box.checked = Boolean(state.checklist[box.dataset.tick]);
  }

  try { merge(JSON.parse(recall(key) ?? "null")); } catch { /* nothing kept, or of another report */ }
  for (const part of $$("[data-needs-script]")) part.hidden = false;
  theme(["light", "dark"].includes(recall("expander:theme")) ? recall("expander:theme") : "");
  $("#keys-on").checked = recall("expander:keys") !== "off";
  if (cards.length) filter();
  refresh();
  progress();

  document.addEventListener("keydown", keys);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (button) act(button.closest(".passage"), button.dataset.do);
  });
  $("#filters")?.addEventListener("input", filter);
  $("#filters")?.addEventListener("submit", (event) => event.preventDefault());
  $("#filters")?.addEventListener("reset", () => setTimeout(filter));
  $("#theme").addEventListener("change", ({ target }) => { theme(target.value); remember("expander:theme", target.value); });
  $("#keys-on").addEventListener("change", ({ target }) => remember("expander:keys", target.checked ? "on" : "off"));
  $("#help-button").addEventListener("click", () => $("#help").showModal());
  $("#export").addEventListener("click", save);
  $("#import").addEventListener("change", load);
  for (const box of $$("[data-tick]")) {
    box.addEventListener("change", () => { state.checklist[box.dataset.tick] = box.checked ? now() : null; exported = false; keep(); });
  }
  let opened = [];
  window.addEventListener("beforeprint", () => { opened = $$("details:not([open])"); for (const part of opened) part.open = true; });
  window.addEventListener("afterprint", () => { for (const part of opened) part.open = false; });
  window.addEventListener("beforeunload", (event) => { if (!exported) event.preventDefault(); });
})();
