// Draws the charts from the JSON next to them. Tooltips are drawn, not HTML: the security policy allows no inline style.
(() => {
  "use strict";

  const source = document.currentScript.dataset.echarts;
  const COLOURS = ["#0055cc", "#c2620a", "#1c7d54", "#8e3fa8", "#0f8199", "#b3264f", "#7a6400", "#5f6b7a"];
  // What is not known or not divided further is never a colour among the others.
  const REST = /^(onbekend|nog onbekend|niet toegewezen|andere|overige?)$/i;
  const restStyle = { color: "#c5ccd5", borderColor: "#5f6b7a", borderWidth: 1 };
  const style = (name) => (REST.test(name) ? restStyle : { borderColor: "#fff", borderWidth: 1 });
  const INK = "#1f2933";
  const LINE = "#d9dfe6";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const font = getComputedStyle(document.body).fontFamily;

  const numbers = {
    euro: new Intl.NumberFormat("nl-BE", { style: "currency", currency: "EUR", maximumFractionDigits: 0 }),
    number: new Intl.NumberFormat("nl-BE", { maximumFractionDigits: 2 }),
    percent: new Intl.NumberFormat("nl-BE", { style: "percent", maximumFractionDigits: 1 }),
  };
  const millions = new Intl.NumberFormat("nl-BE", { maximumFractionDigits: 1 });
  const short = {
    euro: { format: (value) => (Math.abs(value) >= 1e6 ? `€\u00a0${millions.format(value / 1e6)}\u00a0mln.` : numbers.euro.format(value)) },
    number: new Intl.NumberFormat("nl-BE", { notation: "compact", maximumFractionDigits: 1 }),
    percent: numbers.percent,
  };
  const write = (value, format) => (value === null || value === undefined ? "onbekend" : numbers[format].format(value));

  const axisText = { color: INK, fontFamily: font, fontSize: 13 };

  function cartesian(chart, width) {
    const lying = chart.kind === "horizontal";
    const labels = {
      type: "category",
      data: chart.categories,
      inverse: lying,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: "#8695a8" } },
      axisLabel: { ...axisText, width: lying ? Math.min(220, width * 0.36) : 90, overflow: lying ? "truncate" : "break", hideOverlap: true },
    };
    const values = {
      type: "value",
      splitNumber: width < 480 ? 3 : 5,
      minInterval: chart.series.every((one) => one.values.every((value) => value === null || Number.isInteger(value))) ? 1 : 0,
      splitLine: { lineStyle: { color: LINE } },
      axisLabel: { ...axisText, hideOverlap: true, formatter: (value) => short[chart.format].format(value) },
    };
    const shape = chart.kind === "line"
      ? { type: "line", symbolSize: 8, lineStyle: { width: 3 }, connectNulls: false }
      : { type: "bar", barMaxWidth: lying ? 26 : 44, stack: chart.kind === "stacked" ? "all" : undefined };
    return {
      grid: { left: 8, right: 24, top: chart.series.length > 1 ? 44 : 12, bottom: 8, containLabel: true },
      xAxis: lying ? values : labels,
      yAxis: lying ? labels : values,
      tooltip: { trigger: "axis", axisPointer: { type: chart.kind === "line" ? "line" : "shadow" } },
      series: chart.series.map((one) => ({ ...shape, name: one.name, data: one.values, itemStyle: style(one.name) })),
    };
  }

  function round(chart) {
    const [one] = chart.series;
    return {
      tooltip: { trigger: "item" },
      series: [{
        type: "pie",
        name: one.name,
        radius: ["45%", "72%"],
        label: { ...axisText, overflow: "break" },
                data: chart.categories.map((name, index) => ({ name, value: one.values[index], itemStyle: style(name) })),
      }],
    };
  }

  function options(chart, width) {
    const made = chart.kind === "pie" ? round(chart) : cartesian(chart, width);
    return {
      ...made,
      color: COLOURS,
      animation: !calm,
      textStyle: { fontFamily: font, color: INK },
      legend: { show: chart.series.length > 1 && chart.kind !== "pie", top: 0, left: 0, textStyle: axisText },
      tooltip: {
        ...made.tooltip,
        renderMode: "richText",
        confine: true,
        textStyle: { fontFamily: font, color: INK },
        valueFormatter: (value) => write(value, chart.format),
      },
    };
  }

  function draw(place) {
    const chart = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    place.hidden = false;
    place.dataset.drawn = "";
    const table = place.parentElement.querySelector(".kk-chart__table");
    if (table) table.open = false;
    place.classList.toggle("kk-chart__canvas--tall", chart.kind === "horizontal" && chart.categories.length > 8);
    const picture = window.echarts.init(place, null, { renderer: "canvas" });
    const show = () => picture.setOption(options(chart, place.clientWidth), true);
    show();
    new ResizeObserver(() => { picture.resize(); show(); }).observe(place);
  }

  let loading = null;
  function load() {
    loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    return loading;
  }

  async function drawAll() {
    const places = document.querySelectorAll("[data-chart]:not([data-drawn])");
    if (!places.length) return;
    await load();
    places.forEach(draw);
  }

  document.addEventListener("htmx:afterSettle", drawAll);
  drawAll();
})();
