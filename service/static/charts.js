// Draws a chart from the table that a figure names, so that both always say the same. Without scripts the table stays.
const figures = [...document.querySelectorAll("figure[data-table]")];
const dark = matchMedia("(prefers-color-scheme: dark)");
const forced = matchMedia("(forced-colors: active)");
// As base.css has them for print, which is not yet in force when a chart is drawn for it.
const paper = { "--ink": "#000", "--quiet": "#333", "--rule": "#aaa", "--page": "#fff", "--negative": "#b54a00", "--positive": "#007a59", "--voices": "#0067a3", "--hedge": "#505050" };
let charts = [];

const colour = (name, onPaper) =>
  (onPaper && paper[name]) || getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function read(figure) {
  const table = document.getElementById(figure.dataset.table);
  const rows = [...table.querySelectorAll("tr[data-values]")];
  return {
    labels: rows.map((row) => row.dataset.label),
    rows: rows.map((row) => row.dataset.values.split(" ").map(Number)),
    here: rows.findIndex((row) => "here" in row.dataset),
  };
}

// Own voice is filled, quoted voice hollow, as the marks are; "here" names the bar that this article falls into.
function dress(figure, data, onPaper) {
  const tint = (value, at) => {
    if (figure.dataset.signed !== undefined) return colour(value < 0 ? "--negative" : "--positive", onPaper);
    if (data.here >= 0) return colour(at === data.here ? "--negative" : "--hedge", onPaper);
    return colour(`--${figure.dataset.colour}`, onPaper);
  };
  return data.rows[0].map((_, series) => {
    const tints = data.rows.map((row, at) => tint(row[series], at));
    return {
      data: data.rows.map((row) => row[series]),
      backgroundColor: series ? colour("--page", onPaper) : tints,
      borderColor: tints,
      borderWidth: 1.5,
      borderSkipped: false,
      categoryPercentage: 0.84,
      barPercentage: 0.92,
      maxBarThickness: 26,
    };
  });
}

const naming = (figure, data, onPaper) => ({
  id: "here",
  afterDatasetsDraw(chart) {
    const bar = chart.getDatasetMeta(0).data[data.here];
    if (!bar) return;
    const { ctx, chartArea } = chart;
    ctx.save();
    ctx.fillStyle = colour("--ink", onPaper);
    ctx.font = `600 12px ${colour("--sans")}`;
    const { mine } = figure.dataset;
    const wide = ctx.measureText(mine).width / 2;
    ctx.textAlign = "center";
    ctx.fillText(mine, Math.min(Math.max(bar.x, chartArea.left + wide), chartArea.right - wide), bar.y - 14);
    ctx.fillText("▾", bar.x, bar.y - 3);
    ctx.restore();
  },
});

function draw(Chart, figure, onPaper) {
  const data = read(figure);
  if (!data.rows.length) return null;
  figure.hidden = false;
  const lying = "lying" in figure.dataset;
  const frame = figure.querySelector(".frame");
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", figure.dataset.alt);
  frame.replaceChildren(canvas);
  frame.style.height = lying ? `${data.rows.length * (16 + 14 * data.rows[0].length) + 46}px` : "";
  const axis = (title, more) => ({
    title: { display: Boolean(title), text: title, color: colour("--quiet", onPaper) },
    ticks: { color: colour("--ink", onPaper), ...more },
    grid: { color: (context) => colour(context.tick?.value === 0 ? "--ink" : "--rule", onPaper), drawTicks: false },
    border: { display: false },
  });
  const names = { ...axis(figure.dataset.names, { autoSkip: !lying }), grid: { display: false } };
  const values = { ...axis(figure.dataset.values, { maxTicksLimit: 7, precision: figure.dataset.precision }), beginAtZero: true, grace: data.here >= 0 ? "22%" : 0 };
  if ("signed" in figure.dataset) Object.assign(values, { min: -1, max: 1 });
  return new Chart(canvas, {
    type: "bar",
    data: { labels: data.labels, datasets: dress(figure, data, onPaper) },
    options: {
      indexAxis: lying ? "y" : "x",
      animation: false,
      maintainAspectRatio: false,
      font: { family: colour("--sans") },
      scales: lying ? { x: values, y: names } : { x: names, y: values },
    },
    plugins: [naming(figure, data, onPaper)],
  });
}

async function start() {
  const { Chart, BarController, BarElement, LinearScale, CategoryScale } = await import("./vendor/chart.js");
  Chart.register(BarController, BarElement, LinearScale, CategoryScale);
  Chart.defaults.font.family = colour("--sans");
  const redraw = (onPaper) => {
    for (const chart of charts) chart.destroy();
    charts = figures.map((figure) => draw(Chart, figure, onPaper)).filter(Boolean);
    document.documentElement.dataset.charts = charts.length;
  };
  redraw(false);
  for (const change of [dark, forced]) change.addEventListener("change", () => redraw(false));
  addEventListener("beforeprint", () => redraw(true));
  addEventListener("afterprint", () => redraw(false));
}

// After the page can be read and used.
if (figures.length) (window.requestIdleCallback ?? setTimeout)(start);
