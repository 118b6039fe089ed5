"""Reading the code off a certificate's page."""

import pypdfium2
import zxingcpp

SCALES = (3, 5)
MAX_PAGES = 20
PDF_HEAD = b"%PDF"


def codes_in(content: bytes) -> list[str]:
    """The texts of all QR codes in a PDF, by page; empty for what is not a PDF."""
    if not content.startswith(PDF_HEAD):
        return []
    found: list[str] = []
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return []
    for index in range(min(len(document), MAX_PAGES)):
        for scale in SCALES:
            image = document[index].render(scale=scale, grayscale=True).to_pil()
            texts = [code.text for code in zxingcpp.read_barcodes(image) if code.text]
            if texts:
                found += texts
                break
    document.close()
    return found
