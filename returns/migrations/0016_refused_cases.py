from django.db import migrations, models


def look_again(apps, schema_editor):
    """Where somebody has said no, the text is looked at anew when a coordinator opens the year, and the no counted."""
    checkups = apps.get_model('returns', 'Checkup').objects
    checkups.filter(agency_return__case_sign_offs__refused=True).update(context='')


class Migration(migrations.Migration):

    dependencies = [
        ('returns', '0015_prepared_note'),
    ]

    operations = [
        migrations.AddField(
            model_name='checkup',
            name='refused_cases',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(look_again, migrations.RunPython.noop),
    ]
