"""Draw the sample video of the demo, once: scenes on a canvas, recorded by Chromium itself.

Needs the test packages and a Chromium: ``.venv/bin/python scripts/make_sample_video.py``. The result is committed, so
that a portal needs neither to show it.
"""

import base64
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

OUT = Path(__file__).resolve().parent.parent / "cms" / "demo" / "files" / "nop-ho-so-tai-nha.webm"
SCENES = ["Mở cổng thông tin", "Chọn thủ tục", "Chụp giấy tờ, gửi đi", "Nhận mã, theo dõi ngày hẹn"]
SECONDS = 3  # a scene
DRAW = """
async ([scenes, seconds]) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [640, 360];
  document.body.append(canvas);
  const pen = canvas.getContext("2d");
  const began = performance.now();
  const draw = () => {
    const passed = (performance.now() - began) / 1000;
    const place = Math.min(Math.floor(passed / seconds), scenes.length - 1);
    pen.fillStyle = "#eaf1fc"; pen.fillRect(0, 0, 640, 360);
    pen.fillStyle = "#ffffff"; pen.strokeStyle = "#0b3b8c"; pen.lineWidth = 6;
    pen.beginPath(); pen.roundRect(250, 30, 140, 200, 16); pen.fill(); pen.stroke();
    for (let step = 0; step <= place; step++) {
      pen.fillStyle = step === place ? "#0b3b8c" : "#8fb0e0";
      pen.fillRect(270, 55 + step * 42, 100, 26);
    }
    pen.fillStyle = "#c8102e"; pen.fillRect(0, 350, 640 * Math.min(passed / (seconds * scenes.length), 1), 10);
    pen.fillStyle = "#14181f"; pen.font = "600 30px sans-serif"; pen.textAlign = "center";
    pen.fillText(`${place + 1}. ${scenes[place]}`, 320, 300);
    if (passed < seconds * scenes.length + 0.2) requestAnimationFrame(draw);
  };
  const form = { mimeType: "video/webm;codecs=vp8", videoBitsPerSecond: 90000 };
  const recorder = new MediaRecorder(canvas.captureStream(10), form);
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stopped = new Promise((done) => { recorder.onstop = done; });
  draw();
  recorder.start();
  await new Promise((done) => setTimeout(done, seconds * scenes.length * 1000));
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
"""


def main() -> None:
    """Record the scenes and write the file."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        recorded = base64.b64decode(page.evaluate(DRAW, [SCENES, SECONDS]))
        browser.close()
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(recorded)
    print(f"{OUT.name}: {OUT.stat().st_size} byte")


if __name__ == "__main__":
    main()
