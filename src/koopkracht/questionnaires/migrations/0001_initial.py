import django.db.models.deletion
import koopkracht.shared.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=40)),
                ('subject_key', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('introduction', models.TextField(blank=True, verbose_name='inleiding')),
                ('state', models.CharField(choices=[('draft', 'In opmaak'), ('open', 'Open'), ('closed', 'Afgesloten'), ('summarised', 'Samengevat'), ('finished', 'Afgerond')], default='draft', max_length=12)),
                ('limit', models.PositiveSmallIntegerField(default=10)),
                ('hidden_under', models.PositiveSmallIntegerField(default=3)),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='einddatum')),
                ('composition_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('summary', models.TextField(blank=True, verbose_name='samenvatting')),
                ('summary_approved_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'subject', 'subject_key'], name='questionnaires_subject'), models.Index(fields=['organisation', 'state', 'closes_on'], name='questionnaires_state')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('text', models.CharField(max_length=500, verbose_name='vraag')),
                ('help', models.CharField(blank=True, max_length=300, verbose_name='uitleg')),
                ('kind', models.CharField(choices=[('one', 'Eén keuze'), ('several', 'Meer keuzes'), ('scale', 'Schaal van 1 tot 5'), ('yes-no', 'Ja of nee'), ('number', 'Getal'), ('short', 'Korte tekst'), ('long', 'Lange tekst')], max_length=8)),
                ('options', models.JSONField(default=list)),
                ('required', models.BooleanField(default=False)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='question_rows', to='questionnaires.questionnaire')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'questionnaire', 'position', 'id'], name='questionnaires_order')],
            },
        ),
        migrations.CreateModel(
            name='Recipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='naam')),
                ('email', models.CharField(blank=True, max_length=254, verbose_name='e-mailadres')),
                ('enterprise_number', models.CharField(blank=True, max_length=20, verbose_name='ondernemingsnummer')),
                ('reference', models.CharField(blank=True, max_length=60)),
                ('attributes', models.JSONField(default=dict)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recipient_rows', to='questionnaires.questionnaire')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'questionnaire', 'name'), name='questionnaires_recipient_of')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invitation', 'Uitnodiging'), ('summary', 'Samenvatting')], max_length=12)),
                ('state', models.CharField(choices=[('waiting', 'Wacht'), ('sending', 'Wordt verstuurd'), ('sent', 'Verstuurd'), ('failed', 'Niet gelukt'), ('by-hand', 'Zelf bezorgd'), ('unsure', 'Onzeker')], default='waiting', max_length=8)),
                ('at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, max_length=200)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delivery_rows', to='questionnaires.recipient')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'recipient', 'kind'), name='questionnaires_delivery_of')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.JSONField(default=list)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answer_rows', to='questionnaires.question')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answer_rows', to='questionnaires.recipient')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'question'], name='questionnaires_answers')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'recipient', 'question'), name='questionnaires_answer_of')],
            },
        ),
    ]
