"""What the database itself keeps of numbers and certificates.

Serials run on without a gap from the one the centre brought along (0 for a new one): a series only grows, whoever raises it must have filled every
serial when the transaction ends (deferred), and a row is only taken in under a serial that was
given. A refusal reaches Django as `IntegrityError` with the sentence given here.
"""

from django.db import migrations

from assessment_center.registry.operations import protect

FILLED = """
CREATE OR REPLACE FUNCTION certificates_series_filled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given integer;
    used integer;
BEGIN
    SELECT last_serial - opening_serial INTO given
        FROM certificates_numberseries WHERE id = NEW.id;
    SELECT (SELECT count(*) FROM certificates_certificate WHERE series_id = NEW.id)
         + (SELECT count(*) FROM certificates_spoilednumber WHERE series_id = NEW.id) INTO used;
    IF used <> given THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = format('证书编号不能有空号：应有 %s 个流水号，只用了 %s 个', given, used);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER certificates_numberseries_filled
    AFTER INSERT OR UPDATE ON certificates_numberseries
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION certificates_series_filled();
"""

GIVEN = """
CREATE OR REPLACE FUNCTION certificates_serial_given() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    series certificates_numberseries%ROWTYPE;
    taken boolean;
BEGIN
    SELECT * INTO series FROM certificates_numberseries WHERE id = NEW.series_id;
    IF NEW.serial BETWEEN 1 AND series.opening_serial THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '流水号在期初以前已经用过';
    END IF;
    IF NEW.serial < 1 OR NEW.serial > series.last_serial THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '流水号还没有给出';
    END IF;
    IF TG_TABLE_NAME = 'certificates_certificate' THEN
        SELECT EXISTS (SELECT 1 FROM certificates_spoilednumber s
            WHERE s.series_id = NEW.series_id AND s.serial = NEW.serial) INTO taken;
    ELSE
        SELECT EXISTS (SELECT 1 FROM certificates_certificate c
            WHERE c.series_id = NEW.series_id AND c.serial = NEW.serial) INTO taken;
    END IF;
    IF taken THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '流水号已经用过';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificates_certificate_given BEFORE INSERT ON certificates_certificate
    FOR EACH ROW WHEN (NEW.series_id IS NOT NULL) EXECUTE FUNCTION certificates_serial_given();
CREATE TRIGGER certificates_spoilednumber_given BEFORE INSERT ON certificates_spoilednumber
    FOR EACH ROW EXECUTE FUNCTION certificates_serial_given();
"""

COMPOSED = """
CREATE OR REPLACE FUNCTION certificates_number_composed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    series certificates_numberseries%ROWTYPE;
BEGIN
    SELECT * INTO series FROM certificates_numberseries WHERE id = NEW.series_id;
    IF NEW.number <> series.filing_number || lpad((series.year % 100)::text, 2, '0')
        || series.level || lpad(NEW.serial::text, 6, '0') THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = '证书编号与备案号、年份、等级、流水号不符';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificates_certificate_composed BEFORE INSERT ON certificates_certificate
    FOR EACH ROW WHEN (NEW.series_id IS NOT NULL) EXECUTE FUNCTION certificates_number_composed();
"""

ASKED = """
CREATE OR REPLACE FUNCTION certificates_asked_for() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM certificates_requestline l
        JOIN certificates_certificaterequest r ON r.id = l.request_id
        JOIN scoring_finalresult f ON f.id = l.result_id
        WHERE l.id = NEW.line_id AND l.result_id = NEW.basis_id AND r.batch_id = NEW.batch_id
          AND f.application_id = NEW.application_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '证书与申领名册不符';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificates_certificate_asked BEFORE INSERT ON certificates_certificate
    FOR EACH ROW WHEN (NEW.line_id IS NOT NULL) EXECUTE FUNCTION certificates_asked_for();
"""

UNDO = """
DROP TRIGGER IF EXISTS certificates_numberseries_filled ON certificates_numberseries;
DROP TRIGGER IF EXISTS certificates_certificate_given ON certificates_certificate;
DROP TRIGGER IF EXISTS certificates_spoilednumber_given ON certificates_spoilednumber;
DROP TRIGGER IF EXISTS certificates_certificate_composed ON certificates_certificate;
DROP TRIGGER IF EXISTS certificates_certificate_asked ON certificates_certificate;
DROP FUNCTION IF EXISTS certificates_series_filled, certificates_serial_given,
    certificates_number_composed, certificates_asked_for;
"""

OUT = "OLD.status <> 'numbered'"
IDENTITY = (
    "(NEW.number, NEW.serial, NEW.series_id, NEW.application_id, NEW.basis_id, NEW.batch_id,"
    " NEW.origin, NEW.line_id, NEW.delivery_id)"
    " IS DISTINCT FROM"
    " (OLD.number, OLD.serial, OLD.series_id, OLD.application_id, OLD.basis_id, OLD.batch_id,"
    " OLD.origin, OLD.line_id, OLD.delivery_id)"
)
CONTENT = (
    "(NEW.face::text, NEW.token, NEW.digest, NEW.pdf, NEW.issued_on, NEW.issued_by_id, NEW.medium)"
    " IS DISTINCT FROM"
    " (OLD.face::text, OLD.token, OLD.digest, OLD.pdf, OLD.issued_on, OLD.issued_by_id, OLD.medium)"
)
SERIES = (
    "(NEW.centre_id, NEW.filing_number, NEW.year, NEW.level)"
    " IS DISTINCT FROM (OLD.centre_id, OLD.filing_number, OLD.year, OLD.level)"
    " OR ((NEW.last_serial < OLD.last_serial OR NEW.opening_serial <> OLD.opening_serial)"
    " AND NOT (OLD.last_serial = OLD.opening_serial AND NEW.last_serial = NEW.opening_serial))"
)
BACK = (
    f"({OUT} AND NEW.status = 'numbered') OR (OLD.status = 'revoked' AND NEW.status <> 'revoked')"
    " OR (OLD.status = 'handed_out' AND NEW.status = 'issued')"
)
CERTIFICATE, SERIES_TABLE, SPOILED = (
    "certificates_certificate",
    "certificates_numberseries",
    "certificates_spoilednumber",
)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]

    operations = [
        migrations.RunSQL(FILLED + GIVEN + COMPOSED + ASKED, UNDO),
        protect(CERTIFICATE, "证书不能删除", on="DELETE", name="never_deleted"),
        protect(CERTIFICATE, "证书编号和依据不能改动", when=IDENTITY, on="UPDATE", name="identity"),
        protect(
            CERTIFICATE,
            "已发证书的内容不能改动",
            when=f"{OUT} AND {CONTENT}",
            on="UPDATE",
            name="content",
        ),
        protect(CERTIFICATE, "证书的状态不能退回", when=BACK, on="UPDATE", name="forward"),
        protect(SERIES_TABLE, "证书编号序列不能删除", on="DELETE", name="never_deleted"),
        protect(SERIES_TABLE, "证书编号序列只能增长", when=SERIES, on="UPDATE", name="grows"),
        protect("certificates_requestline", "证书申领名册不能改动或删除", name="stays"),
        protect("certificates_certificaterequest", "证书申领不能改动或删除", name="stays"),
        protect("certificates_certificatedelivery", "证书领回登记不能改动或删除", name="stays"),
        protect(SPOILED, "作废编号不能改动或删除", name="stays"),
    ]
