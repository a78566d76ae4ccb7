// The panel in the block editor: the draft as it stands is read when somebody asks, its findings are listed here and marked
// in the text by highlights (marks.js), so that nothing is written into the draft.
(() => {
  const { createElement: h, useState, useEffect } = wp.element;
  const { Button, Notice, PanelBody, Spinner } = wp.components;
  const { PluginSidebar } = wp.editor?.PluginSidebar ? wp.editor : wp.editPost;
  const TEXT = "p, h2, h3, h4, h5, h6, li, pre, figcaption, cite, td";

  // The text of the draft: paragraphs with a blank line between them; those of quotations keep their sign.
  function write(content) {
    const blocks = [...new DOMParser().parseFromString(content, "text/html").querySelectorAll(TEXT)];
    return blocks
      .map((block) => {
        const alone = block.cloneNode(true); // what stands inside it and is told by itself is not told twice
        for (const inner of alone.querySelectorAll(TEXT)) inner.remove();
        const line = alone.textContent.replace(/\s+/g, " ").trim();
        return line && (block.closest("blockquote") ? "> " : "") + line;
      })
      .filter(Boolean)
      .join("\n\n");
  }

  // Where the draft is shown: in a frame of its own in newer editors.
  function canvas() {
    const doc = document.querySelector("iframe[name=editor-canvas]")?.contentDocument ?? document;
    return doc.querySelector(".editor-styles-wrapper") ?? doc.body;
  }

  async function wait(id) {
    for (;;) {
      const answer = await wp.apiFetch({ path: `/parallax/v1/marks/${id}`, parse: false });
      if (answer.status !== 202) return answer.json();
      await new Promise((done) => setTimeout(done, 1000));
    }
  }

  function Panel() {
    const [state, set] = useState({});
    const { drawn, marks, page, error, busy } = state;
    const clear = () => {
      if (drawn) {
        for (const { layer } of drawn.marks) drawn.off.add(layer);
        drawn.paint();
      }
    };
    useEffect(() => clear, [drawn]);

    async function read() {
      clear();
      set({ busy: true });
      try {
        const editor = wp.data.select("core/editor");
        const draft = { post: editor.getCurrentPostId(), title: editor.getEditedPostAttribute("title"), text: write(editor.getEditedPostContent()) };
        const { id, page } = await wp.apiFetch({ path: "/parallax/v1/read", method: "POST", data: draft });
        const marks = await wait(id);
        const root = canvas();
        set({ marks, page, drawn: parallax.canDraw(root.ownerDocument) ? parallax.draw(root, marks) : null });
      } catch (failure) {
        const told = failure.message ?? (await failure.json?.().catch(() => null))?.message ?? String(failure);
        set({ error: told });
      }
    }

    // The first place of a finding, brought into view.
    const show = (item) => drawn?.marks.find((one) => one.item === item)?.range.startContainer.parentElement.scrollIntoView({ block: "center" });

    return h(PanelBody, null,
      h("p", null, "Marks of wording, not a verdict. The draft goes to your own Parallax when you ask, and to nobody else."),
      h(Button, { variant: "primary", onClick: read, disabled: busy }, marks ? "Read it again" : "Read the draft"),
      busy && h(Spinner),
      error && h(Notice, { status: "error", isDismissible: false }, error),
      marks && h("div", { role: "status" }, h("p", null, `${marks.items.length} findings. `, h("a", { href: page, target: "_blank", rel: "noopener" }, "Open the report")),
        (marks.partOf?.label ?? []).map((line, at) => h("p", { key: at }, line))),
      marks && h("ol", { className: "parallax-findings" }, marks.items.map((item) =>
        h("li", { key: item.id },
          h(Button, { variant: "link", onClick: () => show(item) }, item.body[0].value),
          item.body.slice(1).map(({ value }, at) => h("p", { key: at }, value))))),
    );
  }

  wp.plugins.registerPlugin("parallax", {
    icon: "visibility",
    render: () => h(PluginSidebar, { name: "parallax", title: "Parallax" }, h(Panel)),
  });
})();
