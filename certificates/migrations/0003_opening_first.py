"""No certificate before the first day is signed, and the first day stays once there is one."""

from django.db import migrations

SIGNED = """
CREATE OR REPLACE FUNCTION certificates_opening_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- held until the end of the transaction: the declaration cannot be taken back meanwhile
    PERFORM 1 FROM opening_openingdeclaration d
        WHERE d.status = 'signed' AND d.centre_id IN (SELECT b.centre_id FROM made m
            JOIN batches_assessmentbatch b ON b.id = m.batch_id)
        FOR SHARE;
    IF EXISTS (SELECT 1 FROM made m JOIN batches_assessmentbatch b ON b.id = m.batch_id
        WHERE NOT EXISTS (SELECT 1 FROM opening_openingdeclaration d
            WHERE d.centre_id = b.centre_id AND d.status = 'signed')) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = '期初数据还没有签署，不能编号发证';
    END IF;
    IF EXISTS (SELECT 1 FROM made m
        JOIN certificates_earliercertificate e ON e.number = m.number) THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation',
            MESSAGE = '证书编号已在期初证书中登记';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER certificates_certificate_opening AFTER INSERT ON certificates_certificate
    REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION certificates_opening_signed();
"""

CLOSED = """
CREATE OR REPLACE FUNCTION certificates_opening_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    centre uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.centre_id ELSE OLD.centre_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM certificates_certificate c
        JOIN batches_assessmentbatch b ON b.id = c.batch_id WHERE b.centre_id = centre) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = '已发出第一份证书，期初数据不能再改动';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER opening_openingdeclaration_closed
    BEFORE UPDATE OR DELETE ON opening_openingdeclaration
    FOR EACH ROW WHEN (OLD.status = 'signed') EXECUTE FUNCTION certificates_opening_closed();
CREATE TRIGGER certificates_earliercertificate_closed
    BEFORE INSERT OR DELETE ON certificates_earliercertificate
    FOR EACH ROW EXECUTE FUNCTION certificates_opening_closed();
CREATE TRIGGER certificates_earliercertificate_stays
    BEFORE UPDATE ON certificates_earliercertificate
    FOR EACH ROW WHEN (to_jsonb(NEW) - ARRAY['status', 'revoked_on', 'revoked_reason']
        <> to_jsonb(OLD) - ARRAY['status', 'revoked_on', 'revoked_reason']
        OR (OLD.status = 'revoked' AND NEW.status <> 'revoked'))
    EXECUTE FUNCTION refuse_change('期初证书的内容不能改动，只能注销');
CREATE TRIGGER certificates_blankmovement_closed BEFORE DELETE ON certificates_blankmovement
    FOR EACH ROW WHEN (OLD.kind = 'opening') EXECUTE FUNCTION certificates_opening_closed();
CREATE TRIGGER certificates_blankmovement_added BEFORE INSERT ON certificates_blankmovement
    FOR EACH ROW WHEN (NEW.kind = 'opening') EXECUTE FUNCTION certificates_opening_closed();
CREATE TRIGGER certificates_blankmovement_kept BEFORE DELETE ON certificates_blankmovement
    FOR EACH ROW WHEN (OLD.kind <> 'opening')
    EXECUTE FUNCTION refuse_change('空白证书台账不能删除，只能补记');
CREATE TRIGGER certificates_blankmovement_stays BEFORE UPDATE ON certificates_blankmovement
    FOR EACH ROW EXECUTE FUNCTION refuse_change('空白证书台账不能改动，只能补记');
CREATE TRIGGER certificates_numberseries_closed BEFORE UPDATE ON certificates_numberseries
    FOR EACH ROW WHEN (NEW.opening_serial <> OLD.opening_serial)
    EXECUTE FUNCTION certificates_opening_closed();
"""

UNDO = """
DROP TRIGGER IF EXISTS certificates_certificate_opening ON certificates_certificate;
DROP TRIGGER IF EXISTS opening_openingdeclaration_closed ON opening_openingdeclaration;
DROP TRIGGER IF EXISTS certificates_earliercertificate_closed ON certificates_earliercertificate;
DROP TRIGGER IF EXISTS certificates_earliercertificate_stays ON certificates_earliercertificate;
DROP TRIGGER IF EXISTS certificates_blankmovement_closed ON certificates_blankmovement;
DROP TRIGGER IF EXISTS certificates_blankmovement_added ON certificates_blankmovement;
DROP TRIGGER IF EXISTS certificates_blankmovement_kept ON certificates_blankmovement;
DROP TRIGGER IF EXISTS certificates_blankmovement_stays ON certificates_blankmovement;
DROP TRIGGER IF EXISTS certificates_numberseries_closed ON certificates_numberseries;
DROP FUNCTION IF EXISTS certificates_opening_signed, certificates_opening_closed;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0002_numbers_stay"),
        ("opening", "0002_signed_stays"),
        ("batches", "0001_initial"),
    ]

    operations = [migrations.RunSQL(SIGNED + CLOSED, UNDO)]
