# Error-level analysis as people write it today. One line of JSON for each line read, so that rounds can alternate.
# Usage: ela.py opencv|pillow <file.jpg>
import io
import json
import sys
import time

tool, path = sys.argv[1], sys.argv[2]
QUALITY = 90

if tool == "opencv":
    import cv2

    def once():
        started = time.perf_counter()
        picture = cv2.imread(path, cv2.IMREAD_COLOR)
        _, resaved = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        levels = cv2.absdiff(picture, cv2.imdecode(resaved, cv2.IMREAD_COLOR))
        raw = time.perf_counter()
        cv2.imencode(".png", levels)
        png = time.perf_counter()
        return raw - started, png - started, float(levels.mean())
else:
    from PIL import Image, ImageChops, ImageStat

    def once():
        started = time.perf_counter()
        picture = Image.open(path).convert("RGB")
        resaved = io.BytesIO()
        picture.save(resaved, "JPEG", quality=QUALITY)
        resaved.seek(0)
        levels = ImageChops.difference(picture, Image.open(resaved))
        raw = time.perf_counter()
        levels.save(io.BytesIO(), "PNG")
        png = time.perf_counter()
        mean = sum(ImageStat.Stat(levels).mean) / 3
        return raw - started, png - started, mean

for _ in sys.stdin:
    raw, png, mean = once()
    print(json.dumps({"raw": raw, "png": png, "mean": mean}), flush=True)
