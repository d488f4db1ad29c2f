import cms.core.blocks.links
import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_search_index'),
        ('media', '0001_initial'),
        ('official_documents', '0002_reader_comments'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnnouncedProcedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('code', models.CharField(db_index=True, help_text='Như trên Cổng Dịch vụ công quốc gia, ví dụ 1.004494.', max_length=20, validators=[django.core.validators.RegexValidator('^(?:\\d\\.\\d{6}(?:\\.[A-Z]?\\d{2,3})?)$', 'Mã thủ tục có dạng 1.004494.')], verbose_name='mã thủ tục')),
                ('name', models.CharField(max_length=500, verbose_name='tên thủ tục')),
                ('change', models.CharField(choices=[('new', 'Mới ban hành'), ('amended', 'Sửa đổi, bổ sung'), ('replaced', 'Thay thế'), ('repealed', 'Bãi bỏ'), ('shortened', 'Rút ngắn thời gian')], default='new', max_length=20, verbose_name='công bố')),
            ],
            options={
                'verbose_name': 'thủ tục được công bố',
                'verbose_name_plural': 'thủ tục được công bố',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AttachmentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attachment_key', models.UUIDField(verbose_name='khóa của tệp đính kèm')),
                ('place', models.PositiveSmallIntegerField(verbose_name='số của tệp trong địa chỉ')),
                ('version', models.PositiveSmallIntegerField(verbose_name='lần')),
                ('called', models.CharField(max_length=255, verbose_name='tên')),
                ('file_hash', models.CharField(blank=True, max_length=40, verbose_name='dấu của tệp')),
                ('since', models.DateTimeField(verbose_name='từ lúc')),
                ('current', models.BooleanField(default=True, verbose_name='đang dùng')),
            ],
            options={
                'verbose_name': 'lần đăng của tệp',
                'verbose_name_plural': 'các lần đăng của tệp',
            },
        ),
        migrations.CreateModel(
            name='DocumentRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='số ký hiệu')),
                ('number_key', models.CharField(blank=True, db_index=True, default='', editable=False, max_length=100)),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='ngày ban hành')),
                ('issuer_name', models.CharField(blank=True, max_length=200, verbose_name='cơ quan ban hành')),
                ('abstract', models.CharField(blank=True, max_length=500, verbose_name='trích yếu')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='hoặc địa chỉ')),
                ('kind', models.CharField(choices=[('replaces', 'Thay thế văn bản'), ('amends', 'Sửa đổi, bổ sung, thay thế một phần văn bản'), ('repeals', 'Bãi bỏ văn bản'), ('replaced_by', 'Bị thay thế bởi'), ('amended_by', 'Được sửa đổi, bổ sung bởi'), ('repealed_by', 'Bị bãi bỏ bởi')], default='replaces', max_length=20, verbose_name='quan hệ')),
                ('from_on', models.DateField(blank=True, help_text='Để trống thì lấy ngày có hiệu lực, rồi ngày ban hành của văn bản mới hơn.', null=True, verbose_name='từ ngày')),
            ],
            options={
                'verbose_name': 'quan hệ hiệu lực',
                'verbose_name_plural': 'quan hệ hiệu lực',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LegalEffect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('replaces', 'thay thế'), ('amends', 'sửa đổi, bổ sung'), ('repeals', 'bãi bỏ')], max_length=20, verbose_name='tác động')),
                ('from_on', models.DateField(null=True, verbose_name='từ ngày')),
            ],
            options={
                'verbose_name': 'tác động đến hiệu lực',
                'verbose_name_plural': 'tác động đến hiệu lực',
            },
        ),
        migrations.AddField(
            model_name='documentattachment',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='khóa'),
        ),
        migrations.AddField(
            model_name='officialdocumentpage',
            name='consult_contact',
            field=models.TextField(blank=True, help_text='Mỗi dòng một nơi: người, điện thoại, thư, địa chỉ.', verbose_name='nơi nhận ý kiến'),
        ),
        migrations.AddField(
            model_name='officialdocumentpage',
            name='consult_from',
            field=models.DateField(blank=True, null=True, verbose_name='lấy ý kiến từ ngày'),
        ),
        migrations.AddField(
            model_name='officialdocumentpage',
            name='consult_result',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='drafts', to='official_documents.officialdocumentpage', verbose_name='văn bản đã ban hành'),
        ),
        migrations.AddField(
            model_name='officialdocumentpage',
            name='consult_summary',
            field=wagtail.fields.StreamField([('heading', 3), ('prose', 4), ('quotation', 8), ('callout', 12), ('accordion', 17), ('picture', 23), ('data_table', 27), ('download', 30), ('link_cards', 37)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Đề mục', 'max_length': 200}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Đề mục lớn'), ('h3', 'Đề mục nhỏ')], 'label': 'Cỡ'}), 2: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': 'Neo chỉ gồm chữ thường không dấu, số và dấu gạch nối.'}, 'help_text': 'Để trống thì tự đặt theo đề mục; sau đó giữ nguyên để liên kết cũ không hỏng.', 'label': 'Neo liên kết', 'max_length': 80, 'regex': '^[a-z0-9]+(?:-[a-z0-9]+)*$', 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 0), ('size', 1), ('anchor', 2)]], {'group': 'Chữ'}), 4: ('cms.core.blocks.text.ProseBlock', (), {'group': 'Chữ'}), 5: ('wagtail.blocks.TextBlock', (), {'label': 'Lời trích', 'max_length': 1000}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Người nói hoặc nguồn', 'max_length': 160, 'required': False}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'Chức vụ', 'max_length': 160, 'required': False}), 8: ('wagtail.blocks.StructBlock', [[('text', 5), ('speaker', 6), ('post', 7)]], {'group': 'Chữ'}), 9: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'Cần biết'), ('warning', 'Cảnh báo')], 'label': 'Loại'}), 10: ('wagtail.blocks.CharBlock', (), {'label': 'Tiêu đề', 'max_length': 120, 'required': False}), 11: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'document-link', 'ol', 'ul'], 'label': 'Nội dung'}), 12: ('wagtail.blocks.StructBlock', [[('kind', 9), ('title', 10), ('body', 11)]], {'group': 'Chữ'}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Câu hỏi, tiêu đề', 'max_length': 200}), 14: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'superscript', 'subscript', 'ol', 'ul', 'link', 'document-link'], 'label': 'Nội dung'}), 15: ('wagtail.blocks.StructBlock', [[('title', 13), ('body', 14)]], {}), 16: ('wagtail.blocks.ListBlock', (15,), {'label': 'Các mục', 'min_num': 1}), 17: ('wagtail.blocks.StructBlock', [[('entries', 16)]], {'group': 'Chữ'}), 18: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Ảnh'}), 19: ('wagtail.blocks.CharBlock', (), {'help_text': 'Ảnh cho thấy gì, ở chỗ này. Ví dụ: “Học sinh lớp 5 đọc sách dưới gốc cây”.', 'label': 'Mô tả cho người không xem được ảnh', 'max_length': 250, 'required': False}), 20: ('wagtail.blocks.BooleanBlock', (), {'label': 'Ảnh chỉ để trang trí', 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'label': 'Chú thích', 'max_length': 300, 'required': False}), 22: ('wagtail.blocks.CharBlock', (), {'label': 'Nguồn, tác giả', 'max_length': 160, 'required': False}), 23: ('wagtail.blocks.StructBlock', [[('image', 18), ('alt_text', 19), ('decorative', 20), ('caption', 21), ('credit', 22)]], {'group': 'Hình và bảng'}), 24: ('wagtail.blocks.CharBlock', (), {'label': 'Chữ', 'max_length': 500, 'required': False}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Số', 'max_length': 60, 'required': False}), 26: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'document-link', 'ul'], 'label': 'Chữ có định dạng', 'required': False}), 27: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 24), ('number', 25), ('rich_text', 26)]], {'group': 'Hình và bảng'}), 28: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Tệp'}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'Để trống thì dùng tên của tệp.', 'label': 'Tên hiện ra', 'max_length': 200, 'required': False}), 30: ('wagtail.blocks.StructBlock', [[('document', 28), ('title', 29)]], {'group': 'Liên kết'}), 31: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Trang trên cổng', 'required': False}), 32: ('wagtail.blocks.CharBlock', (), {'help_text': 'Bắt đầu bằng https://, hoặc / nếu ở trên cổng này.', 'label': 'hoặc địa chỉ', 'max_length': 500, 'required': False, 'validators': [cms.core.blocks.links.local_or_web_address]}), 33: ('wagtail.blocks.CharBlock', (), {'help_text': 'Để trống thì dùng tên của trang.', 'label': 'Tiêu đề', 'max_length': 120, 'required': False}), 34: ('wagtail.blocks.CharBlock', (), {'label': 'Một câu giải thích', 'max_length': 200, 'required': False}), 35: ('wagtail.blocks.StructBlock', [[('page', 31), ('url', 32), ('title', 33), ('text', 34)]], {}), 36: ('wagtail.blocks.ListBlock', (35,), {'label': 'Thẻ', 'min_num': 1}), 37: ('wagtail.blocks.StructBlock', [[('cards', 36)]], {'group': 'Liên kết'})}, help_text='Điền sau khi hết hạn: có bao nhiêu ý kiến, tiếp thu gì, vì sao không tiếp thu.', verbose_name='tổng hợp, tiếp thu, giải trình ý kiến'),
        ),
        migrations.AddField(
            model_name='officialdocumentpage',
            name='consult_until',
            field=models.DateField(blank=True, help_text='Điền ngày này thì trang là dự thảo lấy ý kiến.', null=True, verbose_name='đến hết ngày'),
        ),
        migrations.AddField(
            model_name='officialdocumentpage',
            name='expires_on',
            field=models.DateField(blank=True, help_text='Khi văn bản tự ghi ngày hết hiệu lực.', null=True, verbose_name='ngày hết hiệu lực'),
        ),
        migrations.AddField(
            model_name='officialdocumentpage',
            name='reform_part',
            field=models.CharField(blank=True, choices=[('plan', 'Kế hoạch cải cách hành chính'), ('procedure_control', 'Kế hoạch kiểm soát thủ tục hành chính'), ('communication', 'Kế hoạch tuyên truyền'), ('inspection', 'Kế hoạch kiểm tra'), ('report_q1', 'Báo cáo quý I'), ('report_6m', 'Báo cáo 6 tháng'), ('report_9m', 'Báo cáo quý III, 9 tháng'), ('report_year', 'Báo cáo năm'), ('scoring', 'Chấm điểm, chỉ số'), ('other', 'Văn bản khác về cải cách hành chính')], help_text='Chọn thì văn bản hiện ở trang năm trong mục Cải cách hành chính.', max_length=20, verbose_name='việc của năm cải cách hành chính'),
        ),
        migrations.AddField(
            model_name='officialdocumentpage',
            name='reform_year',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Để trống thì lấy năm ban hành.', null=True, verbose_name='của năm'),
        ),
        migrations.AlterField(
            model_name='officialdocumentpage',
            name='document_type',
            field=models.CharField(blank=True, choices=[('nghi-quyet', 'Nghị quyết'), ('quyet-dinh', 'Quyết định'), ('chi-thi', 'Chỉ thị'), ('quy-che', 'Quy chế'), ('quy-dinh', 'Quy định'), ('thong-cao', 'Thông cáo'), ('thong-bao', 'Thông báo'), ('huong-dan', 'Hướng dẫn'), ('chuong-trinh', 'Chương trình'), ('ke-hoach', 'Kế hoạch'), ('phuong-an', 'Phương án'), ('de-an', 'Đề án'), ('du-an', 'Dự án'), ('bao-cao', 'Báo cáo'), ('bien-ban', 'Biên bản'), ('to-trinh', 'Tờ trình'), ('hop-dong', 'Hợp đồng'), ('cong-van', 'Công văn'), ('cong-dien', 'Công điện'), ('ban-ghi-nho', 'Bản ghi nhớ'), ('ban-thoa-thuan', 'Bản thỏa thuận'), ('giay-uy-quyen', 'Giấy ủy quyền'), ('giay-moi', 'Giấy mời'), ('giay-gioi-thieu', 'Giấy giới thiệu'), ('giay-nghi-phep', 'Giấy nghỉ phép'), ('phieu-gui', 'Phiếu gửi'), ('phieu-chuyen', 'Phiếu chuyển'), ('phieu-bao', 'Phiếu báo'), ('thu-cong', 'Thư công'), ('nghi-dinh', 'Nghị định'), ('thong-tu', 'Thông tư'), ('thong-tu-lien-tich', 'Thông tư liên tịch'), ('nghi-quyet-lien-tich', 'Nghị quyết liên tịch'), ('van-ban-hop-nhat', 'Văn bản hợp nhất'), ('ket-luan', 'Kết luận'), ('luat', 'Luật, pháp lệnh'), ('du-thao', 'Dự thảo lấy ý kiến'), ('khac', 'Loại khác')], db_index=True, help_text='Để trống thì lấy theo số ký hiệu.', max_length=40, verbose_name='loại văn bản'),
        ),
        migrations.AlterField(
            model_name='officialdocumentpage',
            name='legal_status',
            field=models.CharField(choices=[('unknown', 'Chưa xác định'), ('not_yet', 'Chưa có hiệu lực'), ('in_force', 'Còn hiệu lực'), ('amended', 'Được sửa đổi, bổ sung'), ('expired', 'Hết hiệu lực'), ('replaced', 'Bị thay thế')], default='unknown', editable=False, max_length=20, verbose_name='hiệu lực'),
        ),
        migrations.AlterField(
            model_name='officialdocumentpage',
            name='number',
            field=models.CharField(blank=True, help_text='Như in trên văn bản, ví dụ 21/KH-GD&ĐT. Chỉ dự thảo lấy ý kiến mới được để trống.', max_length=100, verbose_name='số ký hiệu'),
        ),
        migrations.AddIndex(
            model_name='officialdocumentpage',
            index=models.Index(fields=['issuer', '-sort_on'], name='document_issuer'),
        ),
        migrations.AddIndex(
            model_name='officialdocumentpage',
            index=models.Index(fields=['area', '-sort_on'], name='document_area'),
        ),
        migrations.AddIndex(
            model_name='officialdocumentpage',
            index=models.Index(fields=['reform_year', 'sort_on'], name='document_reform_year'),
        ),
        migrations.AddField(
            model_name='announcedprocedure',
            name='page',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='announced', to='official_documents.officialdocumentpage'),
        ),
        migrations.AddField(
            model_name='attachmentversion',
            name='document',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='media.portaldocument', verbose_name='tệp'),
        ),
        migrations.AddField(
            model_name='attachmentversion',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='file_versions', to='official_documents.officialdocumentpage', verbose_name='văn bản'),
        ),
        migrations.AddField(
            model_name='documentrelation',
            name='cited_page',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='trang trên cổng'),
        ),
        migrations.AddField(
            model_name='documentrelation',
            name='page',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='official_documents.officialdocumentpage'),
        ),
        migrations.AddField(
            model_name='legaleffect',
            name='acted_on',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='effects_suffered', to='official_documents.officialdocumentpage', verbose_name='văn bản cũ hơn'),
        ),
        migrations.AddField(
            model_name='legaleffect',
            name='acting',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='effects_done', to='official_documents.officialdocumentpage', verbose_name='văn bản mới hơn'),
        ),
        migrations.AddField(
            model_name='legaleffect',
            name='declared_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declared_effects', to='official_documents.officialdocumentpage', verbose_name='ghi ở văn bản'),
        ),
        migrations.AddConstraint(
            model_name='attachmentversion',
            constraint=models.UniqueConstraint(fields=('page', 'place', 'version'), name='one_file_a_version'),
        ),
        migrations.AddConstraint(
            model_name='attachmentversion',
            constraint=models.UniqueConstraint(condition=models.Q(('current', True)), fields=('page', 'place'), name='one_current_file'),
        ),
    ]
